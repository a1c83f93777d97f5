using StsWebhook.Core.Injection;

namespace StsWebhook.Core.Tests.Injection;

public class ExtraVariableTests
{
    [Theory]
    [InlineData("AWS_USE_FIPS_ENDPOINT", "true", false)]
    [InlineData("_x1", "{region}", true)]
    [InlineData("P", "{partition}", true)]
    [InlineData("D", "sts.{dnsSuffix}", true)]
    public void TryCreate_Allowed_KnowsWhetherItNeedsARegion(string name, string template, bool needsRegion)
    {
        Assert.True(ExtraVariable.TryCreate(name, template, out var variable, out var error), error);
        Assert.Equal(name, variable.Name);
        Assert.Equal(needsRegion, variable.NeedsRegion);
    }

    [Theory]
    [InlineData("", "x", "a name of letters, digits and underscores that does not begin with a digit")]
    [InlineData("1A", "x", "a name of letters, digits and underscores that does not begin with a digit")]
    [InlineData("A-B", "x", "a name of letters, digits and underscores that does not begin with a digit")]
    [InlineData("\u00C4", "x", "a name of letters, digits and underscores that does not begin with a digit")]
    [InlineData("AWS_REGION", "x", "a name other than those that the webhook injects by itself")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "legacy", "a name other than those that the webhook injects by itself")]
    [InlineData("A", "", "a value that is not empty")]
    [InlineData("A", "{zone}", "no placeholders except {region}, {partition}, {dnsSuffix}")]
    [InlineData("A", "{region", "no placeholders except {region}, {partition}, {dnsSuffix}")]
    public void TryCreate_NotAllowed_SaysWhatIs(string name, string template, string expected)
    {
        Assert.False(ExtraVariable.TryCreate(name, template, out var variable, out var error));
        Assert.Null(variable);
        Assert.Equal(expected, error);
    }
}
