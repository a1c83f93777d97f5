namespace StsWebhook.Core.Tests.Policy.Rules;

public class LegacyModeRuleTests
{
    [Theory]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "legacy", "legacy-mode")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", " Legacy\n", "legacy-mode")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "$(MODE)", "")]
    [InlineData("OTHER_MODE", "legacy", "")]
    public void Evaluate_Mode_IsFoundInAnyCase(string name, string value, string rules) =>
        Assert.Equal(rules, Evaluated.Variable(name, value));
}
