using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Audit;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Findings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Audit;

public sealed class ObjectAuditorTests
{
    private const string Injected = "[{name: AWS_STS_REGIONAL_ENDPOINTS, value: regional}, {name: AWS_DEFAULT_REGION, value: eu-west-1}, {name: AWS_REGION, value: eu-west-1}]";
    private const string Legacy = "[{name: AWS_STS_REGIONAL_ENDPOINTS, value: legacy}]";

    private readonly ClusterConfigMaps configMaps = new();

    [Theory]
    [InlineData("{}", "{containers: [{name: app}]}", "Missing")]
    [InlineData("{}", $"{{containers: [{{name: app, env: {Injected}}}]}}", "Injected")]
    [InlineData("{}", $"{{containers: [{{name: app, env: {Injected}}}, {{name: side}}]}}", "Missing")]
    [InlineData("{}", $"{{containers: [{{name: app, env: {Legacy}}}]}}", "Denied")]
    [InlineData("{labels: {sts-webhook.io/inject: disabled}}", "{containers: [{name: app}]}", "Exempt")]
    [InlineData("{labels: {sts-webhook.io/inject: disabled}}", $"{{containers: [{{name: app, env: {Legacy}}}]}}", "Denied")]
    [InlineData("{annotations: {sts-webhook.io/skip-containers: app}}", "{containers: [{name: app}]}", "Exempt")]
    [InlineData("{annotations: {sts-webhook.io/skip-containers: app}}", $"{{containers: [{{name: app}}, {{name: b, env: {Injected}}}]}}", "Injected")]
    [InlineData("{annotations: {kubernetes.io/config.mirror: x}}", $"{{containers: [{{name: app, env: {Legacy}}}]}}", "Exempt")]
    [InlineData("{annotations: {sts-webhook.io/region: Ireland}}", "{containers: [{name: app}]}", "Denied")]
    [InlineData("{}", "{containers: [{name: app, env: [{name: AWS_STS_REGIONAL_ENDPOINTS, value: regional}], envFrom: [{secretRef: {name: s}}]}]}", "Injected")]
    public void Audit_Pod_IsInOneState(string metadata, string spec, string state) =>
        Assert.Equal(state, Pod($"{{metadata: {metadata}, spec: {spec}}}").Pod.ToString());

    [Theory]
    [InlineData("Succeeded", "Finished")]
    [InlineData("Failed", "Finished")]
    [InlineData("Running", "Denied")]
    [InlineData("Pending", "Denied")]
    public void Audit_PodThatHasEnded_IsNotJudged(string phase, string state)
    {
        var pod = Pod($"{{spec: {{containers: [{{name: app, env: {Legacy}}}]}}, status: {{phase: {phase}}}}}");

        Assert.Equal(state, pod.Pod.ToString());
        Assert.Equal(phase is "Running" or "Pending", pod.IsDenied);
    }

    [Fact]
    public void Audit_PodThatRuns_IsNotToldOfTheAnnotationThatTheWebhookSets() => Assert.Empty(Pod(
        $"{{metadata: {{annotations: {{sts-webhook.io/node-region: eu-west-1}}}}, spec: {{containers: [{{name: app, env: {Injected}}}]}}}}").Findings);

    [Fact]
    public void Audit_TemplateWithThatAnnotation_IsReported() => Assert.Contains(
        "remove it from the manifest",
        Assert.Single(Audit("Deployment", "{spec: {template: {metadata: {annotations: {sts-webhook.io/node-region: x}}, spec: {containers: [{name: a}]}}}}")!.Findings).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(Enforcement.Deny, FindingLevel.Error, "Denied")]
    [InlineData(Enforcement.Warn, FindingLevel.Warning, "Missing")]
    [InlineData(Enforcement.Audit, FindingLevel.Note, "Missing")]
    public void Audit_EnforcementOfTheNamespace_TellsTheLevel(Enforcement enforcement, object level, string state)
    {
        var pod = Pod($"{{spec: {{containers: [{{name: app, env: {Legacy}}}]}}}}", enforcement);

        Assert.Equal(level, Assert.Single(pod.Findings).Level);
        Assert.Equal(state, pod.Pod.ToString());
    }

    [Fact]
    public void Audit_NoRegionKnown_IsCountedAndNoFinding()
    {
        var pod = Auditor(new ReviewSettings()).Audit(AuditedResource.Pods, Json("{metadata: {namespace: a, name: b}, spec: {containers: [{name: app}]}}"))!;

        Assert.True(pod.LacksRegion);
        Assert.Empty(pod.Findings);
    }

    [Fact]
    public void Audit_ExtraVariableThatCameLater_IsMissing()
    {
        Assert.True(ExtraVariable.TryCreate("AWS_USE_FIPS_ENDPOINT", "true", out var extra, out _));
        var settings = new ReviewSettings { DefaultRegion = "eu-west-1", Injection = new InjectionSettings { ExtraVariables = [extra] } };

        Assert.Equal(
            PodState.Missing,
            Auditor(settings).Audit(AuditedResource.Pods, Json($"{{metadata: {{namespace: a, name: b}}, spec: {{containers: [{{name: app, env: {Injected}}}]}}}}"))!.Pod);
    }

    [Theory]
    [InlineData("ReplicaSet", "Deployment", 3, false)]
    [InlineData("ReplicaSet", "Rollout", 3, true)]
    [InlineData("ReplicaSet", "Rollout", 0, false)]
    [InlineData("ReplicaSet", null, 0, true)]
    [InlineData("Job", "CronJob", 1, false)]
    [InlineData("Job", "Workflow", 1, true)]
    [InlineData("StatefulSet", "Prometheus", 0, true)]
    public void Audit_Template_IsSkippedIfCoveredByItsOwner(string kind, string? owner, int replicas, bool isJudged)
    {
        var references = owner is null ? "[]" : $"[{{kind: {owner}, name: top, controller: true}}]";

        var found = Audit(kind, $"{{metadata: {{ownerReferences: {references}}}, spec: {{replicas: {replicas}, template: {{spec: {{containers: [{{name: a}}]}}}}}}}}");

        Assert.Equal(isJudged, found is not null);
        Assert.Equal(isJudged ? new Owner(owner ?? kind, owner is null ? "b" : "top") : null, found?.Owner);
    }

    [Fact]
    public void Audit_CompletedJob_IsSkipped() => Assert.Null(Audit(
        "Job", "{spec: {template: {spec: {containers: [{name: a}]}}}, status: {conditions: [{type: Complete, status: \"True\"}]}}"));

    [Fact]
    public void Audit_PodOfAReplicaSet_BelongsToItsDeployment()
    {
        var auditor = Auditor(new ReviewSettings());
        auditor.Audit(Resource("ReplicaSet"), Json("{metadata: {namespace: a, name: shop-1, ownerReferences: [{kind: Deployment, name: shop, controller: true}]}}"));
        JsonElement PodOf(string @namespace) => Json(
            $"{{metadata: {{namespace: {@namespace}, name: shop-1-x, ownerReferences: [{{kind: Other, name: o}}, {{kind: ReplicaSet, name: shop-1, controller: true}}]}}}}");

        Assert.Equal(new Owner("Deployment", "shop"), auditor.Audit(AuditedResource.Pods, PodOf("a"))!.Owner);
        Assert.Equal(new Owner("ReplicaSet", "shop-1"), auditor.Audit(AuditedResource.Pods, PodOf("another"))!.Owner);
    }

    [Fact]
    public void Audit_ObjectsThatControlEachOther_ComeToAnEnd()
    {
        var auditor = Auditor(new ReviewSettings());
        auditor.Audit(Resource("Job"), Json("{metadata: {namespace: a, name: x, ownerReferences: [{kind: Job, name: y, controller: true}]}}"));

        Assert.NotNull(auditor.Audit(Resource("Job"), Json("{metadata: {namespace: a, name: y, ownerReferences: [{kind: Job, name: x, controller: true}]}}")));
    }

    [Fact]
    public void Audit_WrongShape_IsNamed() => Assert.Equal(
        "Pod b: spec.containers: expected an array, found an object",
        Pod("{spec: {containers: {}}}").Error);

    [Theory]
    [InlineData("a", true, "Missing", false)]
    [InlineData("another", true, "Missing", true)]
    [InlineData("another", false, "Missing", false)]
    public void Audit_EnvFrom_IsReadFromTheConfigMapsThatAreKnown(string @namespace, bool isComplete, string state, bool getsRegion)
    {
        configMaps.Add(Json("{metadata: {namespace: a, name: aws}, data: {AWS_REGION: eu-west-1, AWS_DEFAULT_REGION: eu-west-1}}"));
        if (isComplete)
        {
            configMaps.Complete("another");
        }

        Assert.True(new ManifestReviewer(new ReviewSettings { DefaultRegion = "eu-west-1" })
            .TryParse(new UnstructuredObject(string.Empty, "Pod", Json(Reader(@namespace))), out var manifest, out _));
        var decided = manifest.Decide(new ClusterSnapshot(NodeTable.Empty) { ConfigMaps = configMaps.Lookup([new(@namespace, "aws")]) });
        Assert.Equal(getsRegion, decided.Injection.InjectedVariables.Contains("AWS_REGION", StringComparer.Ordinal));
        Assert.Equal(state, Auditor(new ReviewSettings { DefaultRegion = "eu-west-1" }).Audit(AuditedResource.Pods, Json(Reader(@namespace)))!.Pod.ToString());
    }

    [Fact]
    public void ConfigMaps_LongValues_AreNotKept()
    {
        configMaps.Add(Json($"{{metadata: {{namespace: a, name: aws}}, data: {{LONG: {new string('x', 20_000)}, SHORT: short}}}}"));

        Assert.Equal("SHORT", Assert.Single(configMaps.Lookup([new("a", "aws")]).Lookup(new("a", "aws")).Data!.Values).Key);
    }

    private static string Reader(string @namespace) =>
        $"{{metadata: {{namespace: {@namespace}, name: b}}, spec: {{containers: [{{name: app, envFrom: [{{configMapRef: {{name: aws, optional: true}}}}]}}]}}}}";

    private static AuditedResource Resource(string kind) => AuditedResource.All.Single(r => r.Kind == kind);

    private static JsonElement Json(string yaml) => JsonElement.Parse(ManifestInput.Json(ManifestInput.Document(yaml)));

    private AuditedObject Pod(string yaml, Enforcement enforcement = Enforcement.Deny) => Audit("Pod", yaml, enforcement)!;

    private AuditedObject? Audit(string kind, string yaml, Enforcement enforcement = Enforcement.Deny)
    {
        var json = JsonNode.Parse(ManifestInput.Json(ManifestInput.Document(yaml)))!.AsObject();
        json.TryAdd("metadata", new JsonObject());
        json["metadata"]!["namespace"] = "a";
        json["metadata"]!["name"] = "b";
        return Auditor(new ReviewSettings { DefaultRegion = "eu-west-1" }, enforcement).Audit(Resource(kind), JsonElement.Parse(json.ToJsonString()));
    }

    private ObjectAuditor Auditor(ReviewSettings settings, Enforcement enforcement = Enforcement.Deny) =>
        new(settings, NodeTable.Empty, configMaps, _ => enforcement);
}
