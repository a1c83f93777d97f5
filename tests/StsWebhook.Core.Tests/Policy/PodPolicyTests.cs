using System.Text.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>Where in a pod the rules look, and where they do not.</summary>
public class PodPolicyTests
{
    private const string Url = "https://sts.amazonaws.com";

    public static readonly TheoryData<string, string> Containers = new()
    {
        { "env[X].value", $$"""{"env":[{"name":"X","value":"{{Url}}"}]}""" },
        { "env[B].value", """{"env":[{"name":"A","value":"sts.amazonaws.com"},{"name":"B","value":"https://$(A)/"}]}""" },
        { "command", """{"env":[{"name":"A","value":"sts.amazonaws"}],"command":["curl","https://$(A).com/"]}""" },
        { "args", $$"""{"args":["{{Url}}"]}""" },
        { "args", """{"command":["app","--sts-endpoint"],"args":["sts.amazonaws.com"]}""" },
        { "args", """{"command":["app"],"args":["--sts-endpoint","sts.amazonaws.com"]}""" },
        { "lifecycle.postStart.exec.command", """{"lifecycle":{"postStart":{"exec":{"command":["curl","https://sts.amazonaws.com"]}}}}""" },
        { "lifecycle.preStop.httpGet.host", """{"lifecycle":{"preStop":{"httpGet":{"host":"sts.amazonaws.com"}}}}""" },
        { "livenessProbe.exec.command", """{"livenessProbe":{"exec":{"command":["curl","https://sts.amazonaws.com"]}}}""" },
        { "readinessProbe.tcpSocket.host", """{"readinessProbe":{"tcpSocket":{"host":"STS.amazonaws.com"}}}""" },
        { "startupProbe.httpGet.host", """{"startupProbe":{"httpGet":{"host":"sts.amazonaws.com."}}}""" },
    };

    [Theory]
    [MemberData(nameof(Containers))]
    public void Evaluate_Container_LooksThere(string field, string container)
    {
        foreach (var (list, index) in new[] { ("initContainers", 0), ("containers", 1), ("ephemeralContainers", 1) })
        {
            var pod = new PodBuilder();
            for (var i = 0; i < index; i++)
            {
                pod.Container(name: $"other-{i}", list: list);
            }

            var findings = Evaluate(pod.Container(container, list: list))
                .Where(f => f.Rule == GlobalEndpointRule.Instance).ToArray();

            var finding = Assert.Single(findings);
            Assert.Equal($"spec.{list}[{index}].{field}", finding.Field);
            Assert.Equal("app", finding.Container);
            Assert.Equal(Severity.Deny, finding.Severity);
        }
    }

    /// <summary>A remedy says what to drop.</summary>
    [Theory]
    [InlineData("variable", """{"containers":[{"env":[{"name":"X","value":"https://sts.amazonaws.com"}]}]}""")]
    [InlineData("argument", """{"containers":[{"command":["curl","https://sts.amazonaws.com"]}]}""")]
    [InlineData("argument", """{"containers":[{"args":["https://sts.amazonaws.com"]}]}""")]
    [InlineData("argument", """{"containers":[{"livenessProbe":{"exec":{"command":["curl","https://sts.amazonaws.com"]}}}]}""")]
    [InlineData("host", """{"containers":[{"livenessProbe":{"httpGet":{"host":"sts.amazonaws.com"}}}]}""")]
    [InlineData("alias", """{"containers":[],"hostAliases":[{"hostnames":["sts.amazonaws.com"]}]}""")]
    [InlineData("attribute", """{"containers":[],"volumes":[{"csi":{"volumeAttributes":{"stsEndpoint":"sts.amazonaws.com"}}}]}""")]
    public void Evaluate_AnyField_RemedyNamesItsKind(string kind, string spec)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        PodPolicy.Evaluate(new Pod(JsonElement.Parse($$"""{"spec":{{spec}}}"""), Path: string.Empty), ConfigMapView.None, evaluator);

        Assert.EndsWith($" or remove the {kind}", Assert.Single(evaluator.Findings).Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"env":[{"name":"A","value":"sts.amazonaws.com"},{"name":"B","value":"https://$$(A)/"}]}""")]
    [InlineData("""{"env":[{"name":"B","value":"https://$(A)/"},{"name":"A","value":"x"}],"args":["https://$(B)"]}""")]
    [InlineData("""{"env":[{"name":"A","value":"sts.amazonaws.com."},{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}],"args":["https://$(A)"]}""")]
    public void Evaluate_ReferenceThatTheKubeletDoesNotResolve_IsNoUrl(string container) =>
        Assert.DoesNotContain(Evaluate(new PodBuilder().Container(container)), f => f.Rule == GlobalEndpointRule.Instance);

    [Theory]
    [InlineData("""{"image":"sts.amazonaws.com/app:1"}""")]
    [InlineData("""{"name":"sts.amazonaws.com","workingDir":"https://sts.amazonaws.com"}""")]
    public void Evaluate_OtherFieldsOfContainer_AreNotLookedAt(string container) =>
        Assert.Empty(Evaluate(new PodBuilder().Container(container)));

    [Fact]
    public void Evaluate_LabelsAndContracts_AreNotLookedAt() => Assert.Empty(Evaluate(new PodBuilder()
        .Label("endpoint", "sts.amazonaws.com")
        .Annotation("eks.amazonaws.com/audience", "sts.amazonaws.com")
        .Annotation("kubectl.kubernetes.io/last-applied-configuration", Url)
        .Spec("volumes", """[{"projected":{"sources":[{"serviceAccountToken":{"audience":"sts.amazonaws.com"}}]}}]""")));

    [Fact]
    public void Evaluate_HostAliases_NamesTheVeryItem() => Assert.Equal(
        "spec.hostAliases[1].hostnames[1]",
        Assert.Single(Evaluate(new PodBuilder().Spec(
            "hostAliases", """[{"ip":"1.2.3.4"},{"hostnames":["a","sts.amazonaws.com"]}]"""))).Field);

    [Fact]
    public void Evaluate_CsiAttributes_AreReadByTheirNames()
    {
        var findings = Evaluate(new PodBuilder().Spec(
            "volumes", """[{"name":"a"},{"csi":{"volumeAttributes":{"stsEndpoint":"sts.amazonaws.com","audience":"sts.amazonaws.com"}}}]"""));

        Assert.Equal("spec.volumes[1].csi.volumeAttributes[stsEndpoint]", Assert.Single(findings).Field);
    }

    [Fact]
    public void Evaluate_Annotation_OnlyWarns() =>
        Assert.Equal(Severity.Warn, Assert.Single(Evaluate(new PodBuilder().Annotation("example.com/endpoint", Url))).Severity);

    [Fact]
    public void Evaluate_AnnotationThatIsRendered_Denies() => Assert.Equal(
        Severity.Deny,
        Assert.Single(Evaluate(new PodBuilder().Annotation("vault.hashicorp.com/agent-inject-template-x", Url))).Severity);

    [Fact]
    public void Evaluate_AnnotationThatAVariableReads_DeniesOnceByTheVariablesName()
    {
        var finding = Assert.Single(Evaluate(new PodBuilder().Annotation("example.com/x", "sts.amazonaws.com").Container(
            """{"env":[{"name":"STS_ENDPOINT","valueFrom":{"fieldRef":{"fieldPath":"metadata.annotations['example.com/x']"}}}]}""")),
            f => f.Rule == GlobalEndpointRule.Instance);

        Assert.Equal("metadata.annotations[example.com/x]", finding.Field);
        Assert.Equal(Severity.Deny, finding.Severity);
    }

    [Theory]
    [InlineData("""{"command":["env"],"args":["-i","/app"]}""", "args")]
    [InlineData("""{"command":["env","-i"],"args":["/app"]}""", "command")]
    [InlineData("""{"command":["/bin/sh","-c"],"args":["unset AWS_REGION; exec /app"]}""", "args")]
    [InlineData("""{"command":["sh","-c","exec env \t-i /app"]}""", "command")]
    [InlineData("""{"command":["sh","-c","exec env \\\n -i /app"]}""", "command")]
    [InlineData("""{"lifecycle":{"postStart":{"exec":{"command":["env","-i","/app"]}}}}""", "lifecycle.postStart.exec.command")]
    public void Evaluate_CommandThatClearsTheEnvironment_NamesTheFieldThatSaysSo(string container, string field)
    {
        var finding = Assert.Single(Evaluate(new PodBuilder().Container(container)));

        Assert.Equal(InjectionUndoneRule.Instance, finding.Rule);
        Assert.Equal($"spec.containers[0].{field}", finding.Field);
    }

    [Theory]
    [InlineData("""{"command":["app","--audience"],"args":["sts.amazonaws.com"]}""")]
    [InlineData("""{"command":["grep"],"args":["AWS_STS_REGIONAL_ENDPOINTS=legacy","/etc/environment"]}""")]
    [InlineData("""{"command":["app","env"],"args":["-i"]}""")]
    public void Evaluate_CommandAndArguments_AreOneCommandLine(string container) =>
        Assert.Empty(Evaluate(new PodBuilder().Container(container)));

    [Fact]
    public void Evaluate_OneFieldWithManyHosts_IsOneFinding() => Assert.Single(Evaluate(
        new PodBuilder().Container($$"""{"args":["{{Url}}","{{Url}}/","{{Url}}/2"]}""")));

    private static IReadOnlyList<Finding> Evaluate(PodBuilder pod)
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default);
        PodPolicy.Evaluate(pod.Build(), ConfigMapView.None, evaluator);
        Assert.All(evaluator.Findings, f => Assert.DoesNotContain(Url, f.ToString(), StringComparison.Ordinal));
        return evaluator.Findings;
    }
}
