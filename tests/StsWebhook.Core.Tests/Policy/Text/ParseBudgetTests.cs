using System.Text.Json;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class ParseBudgetTests
{
    private const int MaxFailedAttempts = 64;

    [Theory]
    [InlineData("""{"a":1}""", JsonValueKind.Object)]
    [InlineData("""["a"]""", JsonValueKind.Array)]
    public void TryParseJson_ObjectOrArray_IsJson(string text, JsonValueKind kind)
    {
        using var document = new ParseBudget().TryParseJson(text);

        Assert.Equal(kind, document?.RootElement.ValueKind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1")]
    [InlineData("\"a\"")]
    [InlineData("{a}")]
    [InlineData("[default]")]
    [InlineData("""{"a":1]""")]
    public void TryParseJson_AnythingElse_IsNone(string text) => Assert.Null(new ParseBudget().TryParseJson(text));

    [Fact]
    public void TryParseJson_TooOftenWithoutSuccessInAllTextsTogether_IsNotTriedAgain()
    {
        var outermost = new ParseBudget();
        for (var i = 1; i < MaxFailedAttempts; i++)
        {
            Assert.Null(outermost.Inner().TryParseJson("""{"x}"""));
        }

        using (var document = outermost.TryParseJson("{}"))
        {
            Assert.NotNull(document);
        }

        Assert.Null(outermost.Inner().Inner().TryParseJson("""["x]"""));
        Assert.Null(outermost.TryParseJson("{}"));
    }

    [Theory]
    [InlineData("[default]")]
    [InlineData("[ a ]")]
    [InlineData("{a}")]
    public void TryParseJson_TextThatBeginsAsNoJsonDoes_IsNoFailedAttempt(string text)
    {
        var budget = new ParseBudget();
        for (var i = 0; i <= MaxFailedAttempts; i++)
        {
            Assert.Null(budget.TryParseJson(text));
        }

        using var document = budget.TryParseJson("{}");
        Assert.NotNull(document);
    }

    [Fact]
    public void IsTooDeep_SevenTextsWithinOneAnother_IsTrueForTheLast()
    {
        var budget = new ParseBudget();
        for (var i = 0; i < 6; i++)
        {
            budget = budget.Inner();
        }

        Assert.False(budget.IsTooDeep);
        Assert.True(budget.Inner().IsTooDeep);
    }

    [Fact]
    public void Read_BehindManyFailedAttempts_HostsAndKeysAreStillFound()
    {
        var text = string.Concat(Enumerable.Repeat("""{"x} """, MaxFailedAttempts)) + """{"stsEndpoint":"sts.amazonaws.com"}""";

        Assert.Contains(TextEntryReader.Read(text), setting => RuleSet.Default.FindViolation(setting, podRegion: null) == GlobalEndpointRule.Instance);
    }
}
