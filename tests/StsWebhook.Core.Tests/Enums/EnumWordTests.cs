using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Enums;

public sealed class EnumWordTests
{
    private enum Sample
    {
        Plain,
        TwoWords = 7,
        AnotherOneHere = -1,
    }

    [Fact]
    public void Format_EveryLabel_IsTheWordOfTheMetrics()
    {
        Assert.Equal("mutate, validate, bind", Words<Webhook>());
        Assert.Equal("ignored, allowed, patched, warned, denied", Words<AdmissionDecision>());
        Assert.Equal("off, warn, deny", Words<Severity>());
        Assert.Equal("deny, warn, audit", Words<Enforcement>());
        Assert.Equal("none, annotation, node, selector, cluster, binding, default", Words<RegionSource>());
    }

    [Fact]
    public void Format_SeveralWords_IsKebabCase()
    {
        Assert.Equal("plain", EnumWord.Format(Sample.Plain));
        Assert.Equal("two-words", EnumWord.Format(Sample.TwoWords));
        Assert.Equal("another-one-here", EnumWord.Format(Sample.AnotherOneHere));
    }

    [Fact]
    public void Format_NotAMember_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => EnumWord.Format((Sample)3));

    [Fact]
    public void Format_Repeatedly_AllocatesNothing()
    {
        var length = EnumWord.Format(Enforcement.Audit).Length;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            length += EnumWord.Format(Enforcement.Audit).Length;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(5005, length);
    }

    [Fact]
    public void TryParse_EveryWord_GivesItsMember() =>
        Assert.All(Enum.GetValues<Sample>(), sample =>
        {
            Assert.True(EnumWord.TryParse<Sample>(EnumWord.Format(sample), out var value));
            Assert.Equal(sample, value);
        });

    [Theory]
    [InlineData("Two-Words", true)]
    [InlineData("TwoWords", false)]
    [InlineData("two words", false)]
    [InlineData("7", false)]
    [InlineData("plain,two-words", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void TryParse_OtherSpelling_OnlyTheCaseMayDiffer(string? word, bool isWordInAnotherCase)
    {
        Assert.False(EnumWord.TryParse<Sample>(word, out var value));
        Assert.Equal(default, value);
        Assert.Equal(isWordInAnotherCase, EnumWord.TryParse<Sample>(word, out _, ignoreCase: true));
    }

    [Fact]
    public void List_AllOrSome_IsForMessages()
    {
        Assert.Equal("deny, warn, audit", EnumWord.List<Enforcement>());
        Assert.Equal("deny, warn, off", EnumWord.List(Severity.Deny, Severity.Warn, Severity.Off));
    }

    private static string Words<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(EnumWord.Format));
}
