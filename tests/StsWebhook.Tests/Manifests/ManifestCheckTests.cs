using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Findings;
using StsWebhook.Manifests.Output;
using StsWebhook.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

public sealed class ManifestCheckTests
{
    private const string Reader = """
        apiVersion: v1
        kind: Pod
        metadata: {name: reader}
        spec:
          containers:
          - name: app
            envFrom:
            - configMapRef: {name: aws}
        """;

    [Theory]
    [InlineData("yes", "a boolean")]
    [InlineData("1", "a number")]
    public void Check_NoTextWhereOneBelongs_IsUnusable(string value, string found)
    {
        var report = ManifestInput.Check(ManifestInput.File($"apiVersion: v1\nkind: Pod\nspec:\n  containers:\n  - env:\n    - name: A\n      value: {value}\n"));

        Assert.Equal(
            $"input.yaml:7: unusable: spec.containers[0].env[0].value: expected a string, found {found}; quote it",
            Assert.Single(report.Errors).ToString());
        Assert.Equal(ExitCode.Unusable, report.ExitCode);
    }

    [Fact]
    public void Check_NoRegionKnown_IsNoFinding()
    {
        var report = ManifestInput.Check(new ReviewSettings(), ManifestInput.File("apiVersion: v1\nkind: Pod\nspec: {containers: [{name: app}]}"));

        Assert.Equal(AdmissionDecision.Patched, Assert.Single(report.Objects).Decision);
        Assert.Empty(report.Objects[0].Findings);
        Assert.Equal(1, report.WithoutRegion);
    }

    [Fact]
    public void Check_WrongTypeInATemplate_NamesTheWholePath() => Assert.StartsWith(
        "input.yaml:1: unusable: spec.jobTemplate.spec.template.spec: expected an object",
        Assert.Single(ManifestInput.Check(ManifestInput.File("{apiVersion: batch/v1, kind: CronJob, spec: {jobTemplate: {spec: {template: {spec: []}}}}}")).Errors).ToString(),
        StringComparison.Ordinal);

    [Fact]
    public void Check_ConfigMapInAnotherFile_IsRead()
    {
        var report = ManifestInput.Check(ManifestInput.File(Reader, "pod.yaml"), ManifestInput.File(ConfigMap("https://sts.amazonaws.com"), "map.yaml"));

        Assert.Equal([AdmissionDecision.Denied, AdmissionDecision.Warned], report.Objects.Select(o => o.Decision));
        Assert.Equal(8, report.Objects[0].Findings[0].Line);
    }

    [Fact]
    public void Check_ConfigMapOfOneNameInSeveralFiles_TheOneInTheFileOfThePodCounts()
    {
        var offending = ManifestInput.File(ConfigMap("https://sts.amazonaws.com"), "a.yaml");
        var sound = ManifestInput.File($"{Reader}\n---\n{ConfigMap("https://sts.eu-west-1.amazonaws.com")}", "b.yaml");

        Assert.Equal(ExitCode.Success, ManifestInput.Check(offending, sound).ExitCode);
    }

    [Fact]
    public void Check_ConfigMapOfAnotherNamespace_IsNotRead()
    {
        var other = ConfigMap("https://sts.amazonaws.com").Replace("{name: aws}", "{name: aws, namespace: other}", StringComparison.Ordinal);

        Assert.Equal(ExitCode.Success, ManifestInput.Check(ManifestInput.File(Reader, "pod.yaml"), ManifestInput.File(other, "map.yaml")).ExitCode);
    }

    [Theory]
    [InlineData(Enforcement.Deny, FindingLevel.Error, 1)]
    [InlineData(Enforcement.Warn, FindingLevel.Warning, 0)]
    [InlineData(Enforcement.Audit, FindingLevel.Note, 0)]
    public void Check_Enforcement_TellsTheLevel(Enforcement enforcement, object level, int exitCode)
    {
        var settings = new ReviewSettings { Policy = new PolicySettings { Enforce = enforcement } };

        var report = ManifestInput.Check(settings, ManifestInput.File("apiVersion: v1\nkind: Pod\nspec: {containers: [{env: [{name: AWS_STS_REGIONAL_ENDPOINTS, value: legacy}]}]}"));

        Assert.Equal(level, Assert.Single(report.Objects[0].Findings, f => f.Rule == "legacy-mode").Level);
        Assert.Equal(exitCode, (int)report.ExitCode);
    }

    [Theory]
    [InlineData("replicas: 1\n")]
    [InlineData("- a\n- b\n")]
    [InlineData("kind: [a]\n")]
    public void Check_DocumentWithoutKubernetesObject_IsSkipped(string text)
    {
        var report = ManifestInput.Check(ManifestInput.File(text));

        Assert.Empty(report.Objects);
        Assert.Equal(ExitCode.Success, report.ExitCode);
    }

    [Theory]
    [InlineData("just a text", "input.yaml:1: unusable: expected a Kubernetes object")]
    [InlineData("kind: List\nitems:\n- a\n", "input.yaml:3: unusable: expected a Kubernetes object")]
    public void Check_TextInsteadOfAnObject_IsUnusable(string text, string expected) =>
        Assert.Equal(expected, Assert.Single(ManifestInput.Check(ManifestInput.File(text)).Errors).ToString());

    [Fact]
    public void Patched_AliasedEnvironment_GetsVariablesOnceInEachContainer()
    {
        var report = ManifestInput.Check(ManifestInput.File("""
            apiVersion: v1
            kind: Pod
            spec:
              containers:
              - {name: a, env: &env [{name: X, value: "1"}]}
              - {name: b, env: *env}
            """));
        using var output = new StringWriter();
        PatchedOutput.Write(report, output);

        Assert.Equal(2, output.ToString().Split("AWS_STS_REGIONAL_ENDPOINTS").Length - 1);
        Assert.Equal(output.ToString(), Again(output.ToString()));
    }

    [Fact]
    public void Patched_DeeplyNestedSourceOfARegion_IsCopied()
    {
        var source = new string('[', 200) + new string(']', 200);
        using var output = new StringWriter();
        PatchedOutput.Write(
            ManifestInput.Check(ManifestInput.File($"{{apiVersion: v1, kind: Pod, spec: {{containers: [{{env: [{{name: AWS_REGION, valueFrom: {{future: {source}}}}}]}}]}}}}")),
            output);

        Assert.Contains("name: AWS_DEFAULT_REGION", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(output.ToString(), Again(output.ToString()));
    }

    private static string Again(string manifests)
    {
        using var output = new StringWriter();
        PatchedOutput.Write(ManifestInput.Check(ManifestInput.File(manifests)), output);
        return output.ToString();
    }

    private static string ConfigMap(string endpoint) =>
        $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: aws}}\ndata: {{AWS_ENDPOINT_URL_STS: \"{endpoint}\"}}\n";
}
