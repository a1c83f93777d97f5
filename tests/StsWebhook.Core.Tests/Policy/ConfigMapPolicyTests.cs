using System.Text.Json;
using StsWebhook.Core.Policy;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>Which entries of a ConfigMap are settings, whose names say what they are for, and which are files.</summary>
public class ConfigMapPolicyTests
{
    private const string Host = "sts.amazonaws.com";

    [Theory]
    [InlineData("STS_ENDPOINT", Host, "global-endpoint")]
    [InlineData("STS_ENDPOINT", Host + "\n", "global-endpoint")]
    [InlineData("aws.sts.endpoint", Host, "global-endpoint")]
    [InlineData("oidc.audience", Host, "")]
    [InlineData("endpoints", "a\n" + Host, "ambiguous-host")]
    [InlineData("hosts.md", Host, "ambiguous-host")]
    [InlineData("endpoint.conf", Host, "ambiguous-host")]
    [InlineData("endpoint.conf", "endpoint = " + Host, "global-endpoint")]
    [InlineData("audiences", "a\n" + Host, "")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "legacy", "legacy-mode")]
    public void Evaluate_Entry_GoesByItsNameWhereThatIsAKey(string name, string text, string rule)
    {
        var json = JsonSerializer.SerializeToElement(new { data = new Dictionary<string, string>(StringComparer.Ordinal) { [name] = text } });
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        ConfigMapPolicy.Evaluate(json, evaluator);

        Assert.Equal(rule, string.Join(',', evaluator.Findings.Select(f => f.Rule.Name)));
        Assert.All(evaluator.Findings, f => Assert.Equal($"data[{name}]", f.Field));
    }
}
