using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Admission;

public class ManifestReviewerTests
{
    private const string Legacy = """{"spec":{"containers":[{"name":"app","env":[{"name":"AWS_STS_REGIONAL_ENDPOINTS","value":"legacy"}]}]}}""";

    private static readonly ManifestReviewer Reviewer = new(new ReviewSettings { DefaultRegion = "eu-west-1" });

    [Theory]
    [InlineData("apps/v1", "Deployment", """{"spec":{"template":$}}""", "spec.template.")]
    [InlineData("apps/v1", "StatefulSet", """{"spec":{"template":$}}""", "spec.template.")]
    [InlineData("apps/v1", "DaemonSet", """{"spec":{"template":$}}""", "spec.template.")]
    [InlineData("apps/v1", "ReplicaSet", """{"spec":{"template":$}}""", "spec.template.")]
    [InlineData("v1", "ReplicationController", """{"spec":{"template":$}}""", "spec.template.")]
    [InlineData("batch/v1", "Job", """{"spec":{"template":$}}""", "spec.template.")]
    [InlineData("batch/v1", "CronJob", """{"spec":{"jobTemplate":{"spec":{"template":$}}}}""", "spec.jobTemplate.spec.template.")]
    [InlineData("v1", "PodTemplate", """{"template":$}""", "template.")]
    [InlineData("v1", "Pod", "$", "")]
    public void Decide_WhateverMakesPods_IsDeniedAsItsPodsWillBe(string apiVersion, string kind, string json, string path)
    {
        var decision = Decide(apiVersion, kind, json.Replace("$", Legacy, StringComparison.Ordinal));

        Assert.Equal($"{path}spec.containers[0].env[AWS_STS_REGIONAL_ENDPOINTS].value", Assert.Single(decision.Denials).Field);
        Assert.Equal(AdmissionDecision.Denied, decision.Decision);
    }

    [Theory]
    [InlineData("v1", "Deployment")]
    [InlineData("apps/v1", "deployment")]
    [InlineData("example.com/v1", "Pod")]
    [InlineData("v1", "Service")]
    [InlineData("", "")]
    public void Decide_OtherKinds_AreIgnored(string apiVersion, string kind) =>
        Assert.Equal(AdmissionDecision.Ignored, Decide(apiVersion, kind, """{"spec":{"template":{"spec":1}}}""").Decision);

    [Fact]
    public void Decide_WorkloadWithoutATemplate_IsIgnored() =>
        Assert.Equal(AdmissionDecision.Ignored, Decide("apps/v1", "Deployment", """{"spec":{}}""").Decision);

    [Fact]
    public void Decide_TemplateThatDemandsNoRegion_NamesTheWholePath() => Assert.Equal(
        "spec.template.metadata.annotations[sts-webhook.io/region]",
        Decide("apps/v1", "Deployment", """{"spec":{"template":{"metadata":{"annotations":{"sts-webhook.io/region":"x"}}}}}""").Denials.Single().Field);

    [Fact]
    public void Decide_ConfigMap_IsCappedByItsOwnSetting()
    {
        const string Json = """{"data":{"AWS_STS_REGIONAL_ENDPOINTS":"legacy"}}""";
        var strict = new ReviewSettings { Policy = new PolicySettings { ConfigMaps = Severity.Deny } };

        Assert.Equal(AdmissionDecision.Warned, Decide("v1", "ConfigMap", Json).Decision);
        Assert.Equal(AdmissionDecision.Denied, Open("v1", "ConfigMap", Json, new ManifestReviewer(strict)).Decide(new ClusterSnapshot(NodeTable.Empty)).Decision);
    }

    [Fact]
    public void Decide_SoundPod_GetsItsVariables()
    {
        var open = Open("v1", "Pod", """{"spec":{"containers":[{"name":"app"}]}}""");

        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS", open.Decide(new ClusterSnapshot(NodeTable.Empty)).Injection.InjectedVariables[0]);
    }

    [Fact]
    public void TryParse_ConfigMap_GivesItsData()
    {
        var (reference, data) = Open("v1", "ConfigMap", """{"metadata":{"name":"aws"},"data":{"a":"b","gone":null}}""").AsConfigMap!.Value;

        Assert.Equal(new ConfigMapReference("default", "aws"), reference);
        Assert.Equal(("a", "b"), (Assert.Single(data.Values).Key, data.Values["a"]));
    }

    [Fact]
    public void TryParse_Workload_ListsTheConfigMapsOfItsNamespace() => Assert.Equal(
        new ConfigMapReference("tools", "aws"),
        Assert.Single(Open(
            "batch/v1",
            "Job",
            """{"metadata":{"namespace":"tools"},"spec":{"template":{"spec":{"containers":[{"envFrom":[{"configMapRef":{"name":"aws"}}]}]}}}}""").ConfigMaps));

    [Theory]
    [InlineData("Pod", """{"spec":[]}""", "spec")]
    [InlineData("Pod", """{"spec":{"containers":[{"env":[{"value":true}],"envFrom":[{"configMapRef":{"name":"a"}}]}]}}""", "spec.containers[0].env[0].value")]
    [InlineData("PodTemplate", """{"template":{"spec":[]}}""", "template.spec")]
    [InlineData("PodTemplate", """{"template":[]}""", "template")]
    [InlineData("ConfigMap", """{"data":{"a.b":1}}""", "data[a.b]")]
    public void TryParse_WrongType_NamesTheField(string kind, string json, string field)
    {
        Assert.Equal(field, TryOpen("v1", kind, json, out var manifest)?.Path);
        Assert.Null(manifest);
    }

    [Fact]
    public void Decide_MirrorPod_IsIgnored() =>
        Assert.Equal(AdmissionDecision.Ignored, Decide("v1", "Pod", """{"metadata":{"annotations":{"kubernetes.io/config.mirror":"x"}}}""").Decision);

    private static AdmissionOutcome Decide(string apiVersion, string kind, string json) =>
        Open(apiVersion, kind, json).Decide(new ClusterSnapshot(NodeTable.Empty));

    private static ParsedManifest Open(string apiVersion, string kind, string json, ManifestReviewer? reviewer = null) =>
        TryOpen(apiVersion, kind, json, out var manifest, reviewer) is { } error ? throw new InvalidOperationException(error.ToString()) : manifest!;

    private static ShapeMismatch? TryOpen(
        string apiVersion, string kind, string json, out ParsedManifest? manifest, ManifestReviewer? reviewer = null)
    {
        var element = JsonElement.Parse($$"""{"apiVersion":"{{apiVersion}}","kind":"{{kind}}",{{json[1..]}}""");
        return (reviewer ?? Reviewer).TryParse(element, out manifest, out var error) ? null : error;
    }
}
