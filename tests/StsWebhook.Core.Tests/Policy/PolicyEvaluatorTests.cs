using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Policy;

public class PolicyEvaluatorTests
{
    private const string Url = "https://sts.amazonaws.com";

    [Theory]
    [InlineData(Severity.Deny, Severity.Deny, Severity.Deny)]
    [InlineData(Severity.Deny, Severity.Warn, Severity.Warn)]
    [InlineData(Severity.Warn, Severity.Deny, Severity.Warn)]
    public void Evaluate_Finding_HasTheLeastOfSettingAndCap(Severity setting, Severity cap, Severity expected)
    {
        var evaluator = new PolicyEvaluator(Settings(setting), cap, default);
        evaluator.Evaluate(new FieldLocation("f", "variable"), "X", Url);

        Assert.Equal(expected, Assert.Single(evaluator.Findings).Severity);
    }

    [Theory]
    [InlineData(Severity.Off, Severity.Deny)]
    [InlineData(Severity.Deny, Severity.Off)]
    public void Evaluate_RuleOrPlaceSwitchedOff_FindsNothing(Severity setting, Severity cap)
    {
        var evaluator = new PolicyEvaluator(Settings(setting), cap, default);
        evaluator.Evaluate(new FieldLocation("f", "variable"), "X", Url);

        Assert.Empty(evaluator.Findings);
    }

    [Fact]
    public void Evaluate_OnePlaceTwice_KeepsEachRuleOnce()
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        evaluator.Evaluate(new FieldLocation("f", "variable"), "X", Url);
        evaluator.Evaluate(new FieldLocation("f", "variable"), "X", Url + " sts.amazonaws.com");
        evaluator.Evaluate(new FieldLocation("g", "variable"), "X", Url);

        Assert.Equal(
            [("global-endpoint", "f"), ("global-endpoint", "g")],
            evaluator.Findings.Select(f => (f.Rule.Name, f.Field)));
    }

    [Theory]
    [InlineData("sts.amazonaws.com", Url)]
    [InlineData(Url, "sts.amazonaws.com")]
    public void Evaluate_HostThatIsCalledAndMentioned_IsOneFinding(string first, string second)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        evaluator.Evaluate(new FieldLocation("f", "variable"), "X", first);
        evaluator.Evaluate(new FieldLocation("f", "variable"), "X", second);
        evaluator.Evaluate(new FieldLocation("g", "variable"), "X", "sts.amazonaws.com");

        Assert.Equal([("global-endpoint", "f"), ("ambiguous-host", "g")], evaluator.Findings.Select(f => (f.Rule.Name, f.Field)));
    }

    [Fact]
    public void Evaluate_RuleOfDialledHostSwitchedOff_KeepsTheOther()
    {
        var evaluator = new PolicyEvaluator(
            new PolicySettings { Rules = new Dictionary<Rule, Severity> { [GlobalEndpointRule.Instance] = Severity.Off } }, Severity.Deny, default);
        evaluator.Evaluate(new FieldLocation("f", "variable"), "X", Url + " sts.amazonaws.com");

        Assert.Equal("ambiguous-host", Assert.Single(evaluator.Findings).Rule.Name);
    }

    [Theory]
    [InlineData("X", Url, RegionSource.Node, "cn-north-1", "use https://sts.cn-north-1.amazonaws.com.cn or remove the variable")]
    [InlineData("X", Url, RegionSource.Node, "eusc-de-east-1", "use https://sts.eusc-de-east-1.amazonaws.eu or remove the variable")]
    [InlineData("X", Url, RegionSource.Binding, "us-east-2", "use https://sts.$(AWS_REGION).amazonaws.com or remove the variable")]
    [InlineData("X", Url, RegionSource.None, null, "use https://sts.<region>.amazonaws.com or remove the variable")]
    [InlineData("X", "sts.amazonaws.com", RegionSource.Node, "us-east-2", "if it is called, use sts.us-east-2.amazonaws.com")]
    [InlineData("AWS_REGION", "aws-global", RegionSource.Node, "us-east-2", "use us-east-2 or remove the variable")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "legacy", RegionSource.Node, "us-east-2", "use regional (lower case) or remove the variable")]
    public void Evaluate_Remedy_NamesTheHostOfThePodsRegion(string key, string value, RegionSource source, string? region, string remedy)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, new PodRegion(source, region));
        evaluator.Evaluate(new FieldLocation("f", "variable", "app"), key, value);

        var finding = Assert.Single(evaluator.Findings);
        Assert.Equal(remedy, finding.Remedy);
        Assert.Equal($"f (container app) {finding.Rule.Message}; {remedy} ({finding.Rule.Name})", finding.ToString());
    }

    private static PolicySettings Settings(Severity severity) =>
        new() { Rules = new Dictionary<Rule, Severity> { [GlobalEndpointRule.Instance] = severity } };
}
