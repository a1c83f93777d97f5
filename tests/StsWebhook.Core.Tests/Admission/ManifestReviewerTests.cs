using System.Text.Json;
using StsWebhook.Core.Admission;
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
        Assert.Equal(AdmissionDecision.Denied, decision.Verdict);
    }

    [Theory]
    [InlineData("v1", "Deployment")]
    [InlineData("apps/v1", "deployment")]
    [InlineData("example.com/v1", "Pod")]
    [InlineData("v1", "Service")]
    [InlineData("", "")]
    public void Decide_OtherKinds_AreIgnored(string apiVersion, string kind) =>
        Assert.Equal(AdmissionDecision.Ignored, Decide(apiVersion, kind, """{"spec":{"template":{"spec":1}}}""").Verdict);

    [Fact]
    public void Decide_WorkloadWithoutATemplate_IsIgnored() =>
        Assert.Equal(AdmissionDecision.Ignored, Decide("apps/v1", "Deployment", """{"spec":{}}""").Verdict);

    [Fact]
    public void Decide_TemplateThatDemandsNoRegion_NamesTheWholePath() => Assert.Equal(
        "spec.template.metadata.annotations[sts-webhook.io/region]",
        Decide("apps/v1", "Deployment", """{"spec":{"template":{"metadata":{"annotations":{"sts-webhook.io/region":"x"}}}}}""").Refusal?.Field);

    [Fact]
    public void Decide_ConfigMap_IsCappedByItsOwnSetting()
    {
        const string Json = """{"data":{"AWS_STS_REGIONAL_ENDPOINTS":"legacy"}}""";
        var strict = new ReviewSettings { Policy = new PolicySettings { ConfigMaps = Severity.Deny } };

        Assert.Equal(AdmissionDecision.Warned, Decide("v1", "ConfigMap", Json).Verdict);
        Assert.Equal(AdmissionDecision.Denied, Open("v1", "ConfigMap", Json, new ManifestReviewer(strict)).Decide(new ClusterSnapshot(NodeTable.Empty)).Verdict);
    }

    [Fact]
    public void Decide_SoundPod_GetsItsVariables()
    {
        var open = Open("v1", "Pod", """{"spec":{"containers":[{"name":"app"}]}}""");

        Assert.Null(open.Error);
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS", open.Decide(new ClusterSnapshot(NodeTable.Empty)).Injection.InjectedVariables[0]);
    }

    [Fact]
    public void Open_ConfigMap_GivesItsData()
    {
        var (reference, data) = Open("v1", "ConfigMap", """{"metadata":{"name":"aws"},"data":{"a":"b","gone":null}}""").AsConfigMap!.Value;

        Assert.Equal(new ConfigMapReference("default", "aws"), reference);
        Assert.Equal(("a", "b"), (Assert.Single(data).Key, data["a"]));
    }

    [Fact]
    public void Open_Workload_TellsTheConfigMapsOfItsNamespace() => Assert.Equal(
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
    public void Open_WrongType_NamesTheField(string kind, string json, string field)
    {
        var open = Open("v1", kind, json);

        Assert.Equal(field, open.Error?.Field);
        Assert.Empty(open.ConfigMaps);
        Assert.Null(open.AsConfigMap);
        Assert.Throws<InvalidOperationException>(() => open.Decide(new ClusterSnapshot(NodeTable.Empty)));
    }

    [Fact]
    public void Decide_MirrorPod_IsIgnored() =>
        Assert.Equal(AdmissionDecision.Ignored, Decide("v1", "Pod", """{"metadata":{"annotations":{"kubernetes.io/config.mirror":"x"}}}""").Verdict);

    private static Decision Decide(string apiVersion, string kind, string json) =>
        Open(apiVersion, kind, json).Decide(new ClusterSnapshot(NodeTable.Empty));

    private static ParsedManifest Open(string apiVersion, string kind, string json, ManifestReviewer? reviewer = null) =>
        (reviewer ?? Reviewer).Open(JsonElement.Parse($$"""{"apiVersion":"{{apiVersion}}","kind":"{{kind}}",{{json[1..]}}"""));
}
