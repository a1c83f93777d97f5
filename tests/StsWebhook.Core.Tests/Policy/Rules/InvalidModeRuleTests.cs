namespace StsWebhook.Core.Tests.Policy.Rules;

public class InvalidModeRuleTests
{
    [Theory]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "global", "invalid-mode")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "REGIONAL", "invalid-mode")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "legacy mode", "invalid-mode")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "", "invalid-mode")]
    public void Evaluate_Mode_IsInvalidUnlessRegionalOrLegacy(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
