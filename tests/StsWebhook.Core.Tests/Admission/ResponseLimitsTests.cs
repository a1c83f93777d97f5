using System.Text;
using StsWebhook.Core.Admission;

namespace StsWebhook.Core.Tests.Admission;

public class ResponseLimitsTests
{
    [Fact]
    public void Warnings_FewAndShort_StayAsTheyAre() =>
        Assert.Equal(["one", "two"], ResponseLimits.Warnings(["one", "two"]).ToArray());

    [Theory]
    [InlineData(100, 50)]
    [InlineData(300, 40)]
    [InlineData(5000, 1000)]
    public void Warnings_Many_FitIntoWhatTheApiServerPasses(int length, int count)
    {
        var warnings = ResponseLimits.Warnings(Enumerable.Repeat(new string('x', length), count)).ToArray();

        Assert.InRange(warnings.Sum(w => w.Length), 3000, 4096);
        Assert.All(warnings, w => Assert.InRange(w.Length, 1, 256));
        Assert.Equal($"and {count - warnings.Length + 1} more warnings, omitted because of the API server's limit", warnings[^1]);
    }

    [Fact]
    public void Warnings_LongOne_IsCutBetweenCharacters()
    {
        var warning = Assert.Single(ResponseLimits.Warnings([new string('x', 254) + "\U0001F600" + new string('x', 9)]));

        Assert.Equal(new string('x', 254) + "…", warning);
    }

    [Fact]
    public void Warnings_AsLongAsALineMayBe_StaysWhole() =>
        Assert.Equal(new string('x', 256), Assert.Single(ResponseLimits.Warnings([new string('x', 256)])));

    [Fact]
    public void Warnings_JustAsMuchAsFits_HaveNoCount()
    {
        string[] warnings = [.. Enumerable.Repeat(new string('x', 256), 15), new string('x', 4096 - 64 - (15 * 256))];

        Assert.Equal(warnings, ResponseLimits.Warnings(warnings).ToArray());
    }

    /// <summary>Otherwise the count would stand between warnings, of which it is the end.</summary>
    [Fact]
    public void Warnings_ShortOneBehindOneThatDoesNotFit_IsLeftOutToo() => Assert.Equal(
        "and 2 more warnings, omitted because of the API server's limit",
        ResponseLimits.Warnings([.. Enumerable.Repeat(new string('x', 255), 16), "short"]).Last());

    [Theory]
    [InlineData("a\nb\r\tc\0d", "a b  c d")]
    [InlineData("a\u007Fb\u0085c\u009Fd", "a b c d")]
    [InlineData("\u00E4 \u20AC", "\u00E4 \u20AC")]
    public void Warnings_ControlCharacters_BecomeSpaces(string warning, string expected) =>
        Assert.Equal([expected], ResponseLimits.Warnings([warning]).ToArray());

    [Fact]
    public void List_FewAndShort_IsAllOfThem() => Assert.Equal("a=b,c=d", ResponseLimits.List(["a=b", "c=d"]));

    [Theory]
    [InlineData("x", 10_000, 2, ",and 1 more")]
    [InlineData("x", 10_175, 1, "x")]
    [InlineData("x", 5_087, 2, "x")]
    [InlineData("x", 5_088, 2, "and 1 more")]
    [InlineData("\u20AC", 3_000, 3, "and 2 more")]
    [InlineData("x", 600, 20, "and 4 more")]
    [InlineData("x", 10, 50, "and 30 more")]
    public void List_LongerThanAnAuditAnnotation_EndsWithACount(string letter, int length, int count, string end)
    {
        var item = string.Concat(Enumerable.Repeat(letter, length));

        var list = ResponseLimits.List(Enumerable.Repeat(item, count).ToArray());

        Assert.InRange(Encoding.UTF8.GetByteCount(list), 1, 10 * 1024);
        Assert.EndsWith(end, list, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_Many_EndWithACount()
    {
        var lines = ResponseLimits.Lines(Enumerable.Range(0, 25).Select(i => $"f{i}")).Split('\n');

        Assert.Equal(ResponseLimits.MaxFindings + 1, lines.Length);
        Assert.Equal("f0", lines[0]);
        Assert.Equal("and 5 more", lines[^1]);
    }

    [Fact]
    public void Lines_AsManyAsFit_HaveNoCount() =>
        Assert.Equal("f19", ResponseLimits.Lines(Enumerable.Range(0, 20).Select(i => $"f{i}")).Split('\n')[^1]);

    [Fact]
    public void Lines_FindingWithALineFeed_StaysOneLine() => Assert.Equal("a b\nc", ResponseLimits.Lines(["a\nb", "c"]));
}
