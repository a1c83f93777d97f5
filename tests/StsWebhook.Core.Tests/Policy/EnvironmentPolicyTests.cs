using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>What is judged of variables apart from their texts: where they come from, and which regions they name.</summary>
public class EnvironmentPolicyTests
{
    private const string Host = "sts.amazonaws.com";

    private static readonly PodRegion Dublin = new(RegionSource.Node, "eu-west-1");

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_STS", true)]
    [InlineData("AWS_ENDPOINT_URL", true)]
    [InlineData("AWS_STS_ENDPOINT", true)]
    [InlineData("STS_URL", true)]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", true)]
    [InlineData("AWS_ENDPOINT_URL_S3", false)]
    [InlineData("STS_TOKEN", false)]
    [InlineData("STS_AUDIENCE", false)]
    [InlineData("DATABASE_URL", false)]
    [InlineData("AWS_REGION", false)]
    public void Evaluate_VariableFromSecret_WarnsWhereItChoosesTheEndpoint(string name, bool warns)
    {
        var findings = Evaluate("[{\"name\":\"" + name + "\",\"valueFrom\":{\"secretKeyRef\":{\"name\":\"s\",\"key\":\"k\"}}}]", Dublin);

        Assert.Equal(
            warns ? [("unreadable", $"spec.containers[0].env[{name}].valueFrom.secretKeyRef")] : [],
            findings.Select(f => (f.Rule.Name, f.Field)));
    }

    [Fact]
    public void Evaluate_EndpointFromConfigMapThatIsNotRead_IsNoSecret() => Assert.Empty(Evaluate(
        """[{"name":"STS_ENDPOINT","valueFrom":{"configMapKeyRef":{"name":"s","key":"k"}}}]""", Dublin));

    [Theory]
    [InlineData("""[{"name":"AWS_REGION","value":"us-east-1"}]""", "AWS_REGION", "use eu-west-1 or remove the variable")]
    [InlineData("""[{"name":"AWS_DEFAULT_REGION","value":"us-east-1"}]""", "AWS_DEFAULT_REGION", "use eu-west-1 or remove the variable")]
    [InlineData("""[{"name":"R","value":"us-east-1"},{"name":"AWS_REGION","value":"$(R)"}]""", "AWS_REGION", "use eu-west-1 or remove the variable")]
    [InlineData("""[{"name":"AWS_REGION","value":"us-east-1"},{"name":"AWS_DEFAULT_REGION","value":"us-east-1"}]""", "AWS_REGION", "use eu-west-1 or remove the variable")]
    [InlineData("""[{"name":"AWS_REGION","value":"eu-west-1"},{"name":"AWS_DEFAULT_REGION","value":"us-east-1"}]""", "AWS_DEFAULT_REGION", "set both to eu-west-1 or remove both")]
    [InlineData("""[{"name":"AWS_DEFAULT_REGION","value":"eu-west-1"},{"name":"AWS_REGION","value":"us-east-1"}]""", "AWS_DEFAULT_REGION", "set both to eu-west-1 or remove both")]
    [InlineData("""[{"name":"AWS_REGION","value":"us-east-1"},{"name":"AWS_DEFAULT_REGION","value":"us-east-2"}]""", "AWS_DEFAULT_REGION", "set both to eu-west-1 or remove both")]
    public void Evaluate_OtherRegion_WarnsOnce(string env, string variable, string remedy)
    {
        var finding = Assert.Single(Evaluate(env, Dublin));

        Assert.Equal(CrossRegionRule.Instance, finding.Rule);
        Assert.Equal($"spec.containers[0].env[{variable}].value", finding.Field);
        Assert.Equal(remedy, finding.Remedy);
    }

    [Theory]
    [InlineData("""[{"name":"AWS_REGION","value":"eu-west-1"},{"name":"AWS_DEFAULT_REGION","value":"$(AWS_REGION)"}]""")]
    [InlineData("""[{"name":"AWS_REGION","value":"us-east-1"},{"name":"AWS_REGION","value":"eu-west-1"}]""")]
    [InlineData("""[{"name":"AWS_REGION","value":"us-east-1"},{"name":"AWS_REGION","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]""")]
    [InlineData("""[{"name":"AWS_REGION","value":"$(ELSEWHERE)"},{"name":"AWS_DEFAULT_REGION","value":""}]""")]
    [InlineData("""[{"name":"AWS_REGION","value":"cn-north-1"}]""")]
    [InlineData("""[{"name":"AWS_REGION","value":"local"}]""")]
    [InlineData("""[{"name":"S3_REGION","value":"us-east-1"}]""")]
    public void Evaluate_NoOtherRegionOfThePartition_IsSilent(string env) => Assert.Empty(Evaluate(env, Dublin));

    [Theory]
    [InlineData(RegionSource.None, null)]
    [InlineData(RegionSource.Binding, "us-west-2")]
    public void Evaluate_PodWithoutSettledRegion_WarnsOnlyOfTwo(RegionSource source, string? name)
    {
        var region = new PodRegion(source, name);

        Assert.Empty(Evaluate("""[{"name":"AWS_REGION","value":"us-east-1"}]""", region));
        Assert.Equal(
            "set both to one region or remove both",
            Assert.Single(Evaluate(
                """[{"name":"AWS_REGION","value":"us-east-1"},{"name":"AWS_DEFAULT_REGION","value":"us-east-2"}]""", region)).Remedy);
    }

    /// <summary>A container whose texts are parsed has the same findings as one that the prefilter rejects.</summary>
    [Theory]
    [InlineData("""{"name":"AWS_REGION","value":"us-east-1"}""", "cross-region")]
    [InlineData("""{"name":"STS_ENDPOINT","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}""", "unreadable")]
    public void Evaluate_ContainerThatIsReadInFull_FindsTheSame(string variable, string rule) => Assert.Equal(
        new HashSet<string>(StringComparer.Ordinal) { rule, "ambiguous-host" },
        Evaluate($$"""[{{variable}},{"name":"NOTE","value":"{{Host}}"}]""", Dublin).Select(f => f.Rule.Name).ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void Evaluate_RegionFromConfigMaps_IsComparedWithThePods()
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["AWS_REGION"] = "us-east-1", ["r"] = "us-east-2" };
        var configMaps = new ConfigMapView("payments", new ConfigMapSet(new Dictionary<ConfigMapReference, ConfigMapLookup>
        {
            [new ConfigMapReference("payments", "aws")] = ConfigMapLookup.Known(new ConfigMapData(data)),
        }));
        var pod = new PodBuilder().Container(
            """
            {"envFrom":[{"configMapRef":{"name":"aws"}}],
             "env":[{"name":"AWS_DEFAULT_REGION","valueFrom":{"configMapKeyRef":{"name":"aws","key":"r"}}}]}
            """);
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, Dublin);
        PodPolicy.Evaluate(pod.Build(), configMaps, evaluator);

        Assert.Equal(
            "spec.containers[0].env[AWS_DEFAULT_REGION].valueFrom.configMapKeyRef", Assert.Single(evaluator.Findings).Field);
    }

    [Fact]
    public void Evaluate_VariableOfConfigMapThatEnvBeats_IsIgnored()
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["STS_ENDPOINT"] = Host };
        var configMaps = new ConfigMapView("payments", new ConfigMapSet(new Dictionary<ConfigMapReference, ConfigMapLookup>
        {
            [new ConfigMapReference("payments", "aws")] = ConfigMapLookup.Known(new ConfigMapData(data)),
        }));
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, Dublin);
        PodPolicy.Evaluate(
            new PodBuilder().Container(
                """{"envFrom":[{"configMapRef":{"name":"aws"}}],"env":[{"name":"STS_ENDPOINT","value":"sts.eu-west-1.amazonaws.com"}]}""").Build(),
            configMaps,
            evaluator);

        Assert.Empty(evaluator.Findings);
    }

    private static IReadOnlyList<Finding> Evaluate(string env, PodRegion region)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, region);
        PodPolicy.Evaluate(new PodBuilder().Container($$"""{"env":{{env}}}""").Build(), ConfigMapView.None, evaluator);
        return evaluator.Findings;
    }
}
