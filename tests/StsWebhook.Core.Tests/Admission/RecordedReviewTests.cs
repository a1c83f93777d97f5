using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

/// <summary>Reviews recorded from a real API server, through the one entry of the core.</summary>
public class RecordedReviewTests
{
    private const string Mode = "AWS_STS_REGIONAL_ENDPOINTS";
    private const string NodeRegion = "sts-webhook.io/node-region";

    private static readonly ReviewSettings WithDefault = new() { DefaultRegion = "ap-south-1" };

    private static readonly Dictionary<string, (NodeTable Nodes, ReviewSettings Settings)> Clusters = new(StringComparer.Ordinal)
    {
        ["two regions"] = (Fixture.TwoRegions, new ReviewSettings()),
        ["one region"] = (Fixture.OneRegion, new ReviewSettings()),
        ["default"] = (NodeTable.Empty, WithDefault),
        ["nothing"] = (NodeTable.Empty, new ReviewSettings()),
    };

    /// <summary>Recording, cluster, the source of the region, and the region.</summary>
    public static TheoryData<string, string, string, string?> Regions()
    {
        var rows = new TheoryData<string, string, string, string?>();
        foreach (var anywhere in new[]
        {
            "pods-create-backfill", "pods-create-ledger", "pods-create-new-fields", "pods-create-shell",
            "pods-create-shell-dry-dryrun", "pods-create-windows-service",
        })
        {
            rows.Add(anywhere, "two regions", "binding", "us-east-2");
            rows.Add(anywhere, "one region", "cluster", "us-east-2");
            rows.Add(anywhere, "default", "default", "ap-south-1");
            rows.Add(anywhere, "nothing", "none", null);
        }

        foreach (var pinned in new[] { "pods-create-pinned-to-zone", "pods-create-region-affinity" })
        {
            rows.Add(pinned, "two regions", "node", "eu-west-1");
            rows.Add(pinned, "one region", "selector", "eu-west-1");
            rows.Add(pinned, "default", "selector", "eu-west-1");
            rows.Add(pinned, "nothing", "selector", "eu-west-1");
        }

        rows.Add("pods-create-log-shipper", "two regions", "node", "us-east-2");
        rows.Add("pods-create-log-shipper", "one region", "cluster", "us-east-2");
        rows.Add("pods-create-log-shipper", "default", "default", "ap-south-1");
        rows.Add("pods-create-log-shipper", "nothing", "none", null);

        // The pod runs already, and the API server wrote its node's region onto it.
        foreach (var cluster in Clusters.Keys)
        {
            rows.Add("pods-ephemeralcontainers-update-shell", cluster, "node", "us-east-2");
        }

        return rows;
    }

    public static TheoryData<string> Recordings() => [.. Fixture.Recordings(string.Empty)];

    public static TheoryData<string> Pods() => [.. Fixture.Recordings("pods-create"), "pods-ephemeralcontainers-update-shell"];

    public static TheoryData<string> Workloads() =>
        [.. Fixture.Recordings(string.Empty).Where(name => !name.StartsWith("pods-", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Regions))]
    public void Mutate_RecordedPod_GetsItsVariablesAndNothingElse(string recording, string cluster, string source, string? region)
    {
        var review = Fixture.Recording(recording);
        var answer = Answer.To(review, Webhook.Mutate, Clusters[cluster].Nodes, Clusters[cluster].Settings, Enforcement.Audit);

        var expected = Expected(review["request"]!.AsObject(), region, isDeferred: source == "binding");
        Assert.True(JsonNode.DeepEquals(expected, answer.Patched), answer.Patched.ToJsonString());
        Assert.All(answer.Patch, operation => Assert.Equal("add", (string?)operation!["op"]));
        Assert.Equal(source, EnumWord.Format(answer.Result.Region.Source));
        Assert.Equal(source, answer.AuditAnnotations["region-source"]);
        Assert.Equal(region, answer.AuditAnnotations.GetValueOrDefault("region"));
    }

    [Theory]
    [MemberData(nameof(Pods))]
    public void Mutate_ItsOwnResult_HasNoPatch(string recording)
    {
        Assert.All(Clusters.Values, cluster =>
        {
            var first = Answer.To(
                Fixture.Recording(recording), Webhook.Mutate, cluster.Nodes, cluster.Settings, Enforcement.Audit);
            var second = Answer.To(first.Again(), Webhook.Mutate, cluster.Nodes, cluster.Settings, Enforcement.Audit);

            Assert.True(first.HasPatch);
            Assert.True(second.IsAllowed);
            Assert.False(second.HasPatch);
            Assert.False(second.Response.ContainsKey("patchType"));
        });
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Review_AnyRecording_RepeatsUidApiVersionAndKind(string recording)
    {
        var review = Fixture.Recording(recording);

        Assert.All(Enum.GetValues<Webhook>(), webhook =>
        {
            var answer = Answer.To(review, webhook, Fixture.TwoRegions);
            Assert.Equal((string?)review["request"]!["uid"], (string?)answer.Response["uid"]);
            Assert.Equal("admission.k8s.io/v1", answer.ApiVersion);
            Assert.Equal("AdmissionReview", answer.Kind);
        });
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Validate_AnyRecording_NeverPatches(string recording) =>
        Assert.False(Answer.To(Fixture.Recording(recording), Webhook.Validate, Fixture.TwoRegions).HasPatch);

    [Theory]
    [MemberData(nameof(Workloads))]
    public void Mutate_Workload_IsIgnored(string recording)
    {
        var answer = Answer.To(Fixture.Recording(recording), Webhook.Mutate, Fixture.TwoRegions);

        Assert.Equal(AdmissionDecision.Ignored, answer.Result.Decision);
        Assert.True(answer.IsAllowed);
        Assert.False(answer.HasPatch);
        Assert.Empty(answer.Warnings);
    }

    [Theory]
    [InlineData("cronjobs-create-nightly-report", "spec.jobTemplate.spec.template.spec.containers[0].env[AWS_STS_REGIONAL_ENDPOINTS].value", "legacy-mode")]
    [InlineData("jobs-create-backfill", "spec.template.spec.containers[0].env[AWS_ENDPOINT_URL_STS].value", "global-endpoint")]
    [InlineData("jobs-create-backfill", "spec.template.spec.containers[0].command", "global-endpoint")]
    [InlineData("configmaps-create-aws-config", "data[config]", "legacy-mode")]
    public void Validate_BadWorkload_WarnsByDefaultAndRejectsOnDemand(string recording, string field, string rule)
    {
        var strict = new ReviewSettings { Policy = new PolicySettings { Workloads = Severity.Deny, ConfigMaps = Severity.Deny } };

        var capped = Answer.To(Fixture.Recording(recording), Webhook.Validate, Fixture.TwoRegions);
        var denied = Answer.To(Fixture.Recording(recording), Webhook.Validate, Fixture.TwoRegions, strict);

        Assert.True(capped.IsAllowed);
        Assert.Contains(capped.Warnings, w => w.StartsWith(field, StringComparison.Ordinal) && w.EndsWith($"({rule})", StringComparison.Ordinal));
        Assert.False(denied.IsAllowed);
        Assert.Contains(denied.Result.Findings, f => f.Field == field && f.Rule.Name == rule && f.Severity == Severity.Deny);
    }

    [Theory]
    [InlineData("daemonsets-create-log-shipper")]
    [InlineData("deployments-create-ledger")]
    [InlineData("deployments-update-ledger")]
    [InlineData("statefulsets-create-cache")]
    [InlineData("configmaps-update-app-settings")]
    public void Validate_GoodWorkload_IsAllowedInSilence(string recording)
    {
        var answer = Answer.To(Fixture.Recording(recording), Webhook.Validate, Fixture.TwoRegions);

        Assert.Equal(AdmissionDecision.Allowed, answer.Result.Decision);
        Assert.Empty(answer.Warnings);
    }

    [Fact]
    public void Mutate_PodWithGlobalEndpoint_IsDeniedWithFieldAndRemedy()
    {
        var answer = Answer.To(Fixture.Recording("pods-create-backfill"), Webhook.Mutate, Fixture.OneRegion);

        Assert.False(answer.IsAllowed);
        Assert.False(answer.HasPatch);
        var status = answer.Response["status"]!;
        Assert.Equal(403, (int)status["code"]!);
        Assert.Equal("Forbidden", (string?)status["reason"]);
        Assert.Equal(2, ((string)status["message"]!).Split('\n').Length);
        var cause = status["details"]!["causes"]![0]!;
        Assert.Equal("global-endpoint", (string?)cause["reason"]);
        Assert.Equal("spec.containers[0].env[AWS_ENDPOINT_URL_STS].value", (string?)cause["field"]);
        Assert.Contains("use https://sts.us-east-2.amazonaws.com or remove the variable", (string)cause["message"]!, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutate_EnvFromSecret_GetsTheModeAndSaysWhyNotMore()
    {
        Assert.All(Clusters.Values, cluster =>
        {
            var answer = Answer.To(Fixture.Recording("pods-create-cache-0"), Webhook.Mutate, cluster.Nodes, cluster.Settings);

            Assert.Equal([Mode], Containers.EnvNames(Containers.Named(answer.Patched, "app")));
            Assert.Equal("app=env-from-secret", answer.AuditAnnotations["skipped"]);
            Assert.Equal(["env-from-secret"], answer.Result.SkipReasons);
        });
    }

    [Fact]
    public void Mutate_NewFields_KeepsThem()
    {
        var patched = Answer.To(Fixture.Recording("pods-create-new-fields"), Webhook.Mutate, Fixture.TwoRegions).Patched;

        Assert.Equal("SIGUSR1", (string?)patched["spec"]!["containers"]![0]!["lifecycle"]!["stopSignal"]);
        Assert.Equal("NotRequired", (string?)patched["spec"]!["containers"]![0]!["resizePolicy"]![0]!["restartPolicy"]);
        Assert.Equal("512Mi", (string?)patched["spec"]!["resources"]!["limits"]!["memory"]);
        Assert.Equal("Strict", (string?)patched["spec"]!["securityContext"]!["supplementalGroupsPolicy"]);
    }

    [Fact]
    public void Mutate_DryRun_AnswersTheSame()
    {
        var review = Fixture.Recording("pods-create-shell-dry-dryrun");
        var real = review.DeepClone().AsObject();
        real["request"]!["dryRun"] = false;

        var dry = Answer.To(review, Webhook.Mutate, Fixture.TwoRegions);
        var wet = Answer.To(real, Webhook.Mutate, Fixture.TwoRegions);

        Assert.True(dry.Result.IsDryRun);
        Assert.False(wet.Result.IsDryRun);
        Assert.True(JsonNode.DeepEquals(wet.Response, dry.Response));
    }

    [Fact]
    public void Mutate_ControllersPod_IsNamedByPrefixAndOwner()
    {
        var result = Answer.To(Fixture.Recording("pods-create-ledger"), Webhook.Mutate, Fixture.TwoRegions).Result;

        Assert.Equal("ledger-64849658c8-*", result.Name);
        Assert.Equal("ReplicaSet/ledger-64849658c8", result.Owner);
        Assert.Equal("payments", result.Namespace);
        Assert.Equal("pods", result.Resource);
        Assert.Equal("CREATE", result.Operation);
    }

    [Fact]
    public void Bind_RecordedBinding_AnnotatesTheRegionOfTheLabels()
    {
        // Nothing is known of the node, so the region can only come from the API server's own labels.
        var review = Fixture.Recording("pods-binding-create-shell");
        var answer = Answer.To(review, Webhook.Bind, NodeTable.Empty);

        var expected = review["request"]!["object"]!.DeepClone();
        expected["metadata"]!["annotations"] = new JsonObject { [NodeRegion] = "us-east-2" };
        Assert.True(JsonNode.DeepEquals(expected, answer.Patched));
        Assert.False(Answer.To(answer.Again(), Webhook.Bind, NodeTable.Empty).HasPatch);
    }

    [Theory]
    [InlineData("bindings", null)]
    [InlineData("pods", "binding")]
    public void Bind_WithoutLabels_AsksTheNodeTable(string resource, string? subresource)
    {
        var review = Fixture.Recording("pods-binding-create-shell");
        review["request"]!["resource"]!["resource"] = resource;
        review["request"]!["subResource"] = subresource;
        review["request"]!["object"]!["metadata"]!.AsObject().Remove("labels");
        review["request"]!["object"]!["target"]!["name"] = "node-c";

        var answer = Answer.To(review, Webhook.Bind, Fixture.TwoRegions);

        Assert.Equal("eu-west-1", (string?)answer.Patched["metadata"]!["annotations"]![NodeRegion]);
        Assert.Equal("eu-west-1", answer.AuditAnnotations["region"]);
    }

    [Fact]
    public void Bind_UnknownNode_AllowsWithoutPatch()
    {
        var review = Fixture.Recording("pods-binding-create-shell");
        review["request"]!["object"]!["metadata"]!.AsObject().Remove("labels");

        var answer = Answer.To(review, Webhook.Bind, NodeTable.Empty);

        Assert.True(answer.IsAllowed);
        Assert.False(answer.HasPatch);
    }

    /// <summary>What the pod must look like, put together without any code under test.</summary>
    private static JsonObject Expected(JsonObject request, string? region, bool isDeferred)
    {
        var pod = request["object"]!.DeepClone().AsObject();
        var isSubresource = (string?)request["subResource"] == "ephemeralcontainers";
        var lists = isSubresource ? Containers.Lists[2..] : Containers.Lists;
        foreach (var container in lists.SelectMany(list => pod["spec"]![list]?.AsArray() ?? []))
        {
            Complete(container!.AsObject(), region, isDeferred);
        }

        if (isDeferred)
        {
            var metadata = pod["metadata"]!.AsObject();
            metadata["annotations"] ??= new JsonObject();
            metadata["annotations"]![NodeRegion] = region;
        }

        return pod;
    }

    private static void Complete(JsonObject container, string? region, bool isDeferred)
    {
        JsonObject Entry(string name) => isDeferred
            ? new()
            {
                ["name"] = name,
                ["valueFrom"] = new JsonObject
                {
                    ["fieldRef"] = new JsonObject
                    {
                        ["apiVersion"] = "v1",
                        ["fieldPath"] = $"metadata.annotations['{NodeRegion}']",
                    },
                },
            }
            : new() { ["name"] = name, ["value"] = region };

        var wanted = new List<JsonObject> { new() { ["name"] = Mode, ["value"] = "regional" } };
        if (Containers.Value(container, "AWS_REGION") is { } own)
        {
            wanted.Add(new() { ["name"] = "AWS_DEFAULT_REGION", ["value"] = own });
        }
        else if (region is not null)
        {
            wanted.Add(Entry("AWS_DEFAULT_REGION"));
            wanted.Add(Entry("AWS_REGION"));
        }

        container["env"] = new JsonArray([.. wanted, .. Containers.Env(container).Select(entry => entry.DeepClone())]);
    }
}
