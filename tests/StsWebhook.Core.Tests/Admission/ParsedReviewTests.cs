using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Admission;

public sealed class ParsedReviewTests
{
    private const string Mode = "AWS_STS_REGIONAL_ENDPOINTS";
    private const string FromApp = """{"name":"app","envFrom":[{"configMapRef":{"name":"app"}}]}""";

    private static readonly Node UsEast2 = Node.From("node-a", Labels("us-east-2"), providerId: null);

    [Fact]
    public void ConfigMaps_OfAPod_AreThoseBehindItsVariables()
    {
        using var review = Open(Pod(FromApp, """{"name":"b","env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"keys","key":"k"}}}]}"""));

        Assert.Equal([new("payments", "app"), new("payments", "keys")], review.ConfigMaps);
        Assert.Null(review.NodeToBind);
    }

    [Fact]
    public void ConfigMaps_OfEphemeralContainers_AreThoseOfTheNewOnes()
    {
        var before = Object("""{"name":"old","envFrom":[{"configMapRef":{"name":"old"}}]}""", "ephemeralContainers");
        var after = before.DeepClone().AsObject();
        after["spec"]!["ephemeralContainers"]!.AsArray().Add(JsonNode.Parse("""{"name":"new","envFrom":[{"configMapRef":{"name":"new"}}]}"""));
        after["spec"]!["containers"] = new JsonArray(JsonNode.Parse(FromApp));
        var json = Review("pods", "UPDATE", after, "ephemeralcontainers");
        json["request"]!["oldObject"] = before;

        using var review = Open(json);

        Assert.Equal([new("payments", "new")], review.ConfigMaps);
    }

    [Fact]
    public void TryParse_NotAReview_GivesAnErrorInsteadOfAReview()
    {
        Assert.False(new Reviewer(new ReviewSettings()).TryParse("{}"u8.ToArray(), Webhook.Mutate, enforcement: null, out var review, out var error));
        Assert.Null(review);
        Assert.NotEmpty(error);
    }

    [Fact]
    public void ConfigMaps_OfWhatIsNoPod_AreNone()
    {
        using var mirror = Open(Mirror());
        using var update = Open(Review("pods", "UPDATE", Object(FromApp, "containers")));

        Assert.Empty(mirror.ConfigMaps);
        Assert.Empty(update.ConfigMaps);
    }

    [Fact]
    public void Decide_ConfigMapHoldsARegion_OtherVariableFollowsIt()
    {
        var (result, patch) = Decide(Pod(FromApp), View(("app", [("AWS_REGION", "eu-west-3")])));

        Assert.Equal($"{Mode} AWS_DEFAULT_REGION", string.Join(' ', result.InjectedVariables));
        Assert.Contains("""{"name":"AWS_DEFAULT_REGION","valueFrom":{"configMapKeyRef":{"name":"app","key":"AWS_REGION"}}}""", patch, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_ResultOfThat_StaysAsItIs()
    {
        var view = View(("app", [("AWS_REGION", "eu-west-3")]));
        var pod = Pod(FromApp);
        var patch = JsonNode.Parse(Decide(pod, view).Patch)!.AsArray().Single()!;
        pod["request"]!["object"]!["spec"]!["containers"]![0]!["env"] = patch["value"]!.DeepClone();

        Assert.Empty(Decide(pod, view).Patch);
        Assert.Empty(Decide(pod, View()).Patch);
    }

    [Fact]
    public void Decide_ConfigMapWasNotRead_RegionIsLeftOut()
    {
        var (result, _) = Decide(Pod(FromApp), View());

        Assert.Equal(Mode, Assert.Single(result.InjectedVariables));
        Assert.Equal("env-from-configmap", Assert.Single(result.SkipReasons));
    }

    [Fact]
    public void Decide_ConfigMapHoldsNoRegion_NodesRegionIsSet()
    {
        var (result, _) = Decide(Pod(FromApp), View(("app", [])));

        Assert.Equal($"{Mode} AWS_DEFAULT_REGION AWS_REGION", string.Join(' ', result.InjectedVariables));
        Assert.Empty(result.SkipReasons);
    }

    [Fact]
    public void Decide_RegionOfAConfigMap_IsWhatExtraVariablesName()
    {
        Assert.True(Core.Injection.ExtraVariable.TryCreate("AWS_ENDPOINT_URL_STS", "https://sts.{region}.{dnsSuffix}", out var extra, out _));
        var settings = new ReviewSettings { Injection = new() { ExtraVariables = [extra] } };

        var (_, patch) = Decide(Pod(FromApp), View(("app", [("AWS_REGION", "cn-north-1")])), settings);

        Assert.Contains("https://sts.cn-north-1.amazonaws.com.cn", patch, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.amazonaws.com")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "legacy")]
    [InlineData("AWS_REGION", "aws-global")]
    public void Decide_ConfigMapHoldsAFinding_PodIsDenied(string variable, string value)
    {
        var byKey = $$$$"""{"name":"app","env":[{"name":"{{{{variable}}}}","valueFrom":{"configMapKeyRef":{"name":"app","key":"k"}}}]}""";

        var (keyed, _) = Decide(Pod(byKey), View(("app", [("k", value)])));
        var (whole, _) = Decide(Pod(FromApp), View(("app", [(variable, value)])));

        Assert.Equal(AdmissionDecision.Denied, keyed.Decision);
        Assert.Equal($"spec.containers[0].env[{variable}].valueFrom.configMapKeyRef", Assert.Single(keyed.Findings).Field);
        Assert.Equal(AdmissionDecision.Denied, whole.Decision);
        Assert.Equal("spec.containers[0].envFrom[0].configMapRef", Assert.Single(whole.Findings).Field);
    }

    [Theory]
    [InlineData("""{"name":"app","envFrom":[{"configMapRef":{"name":"app"}}],"env":[{"name":"AWS_ENDPOINT_URL_STS","value":"https://sts.us-east-2.amazonaws.com"}]}""")]
    [InlineData("""{"name":"app","envFrom":[{"configMapRef":{"name":"app"}},{"configMapRef":{"name":"better"}}]}""")]
    public void Decide_FindingWithoutEffectOnAProcess_IsNotReported(string container)
    {
        var (result, _) = Decide(Pod(container), View(
            ("app", [("AWS_ENDPOINT_URL_STS", "https://sts.amazonaws.com")]),
            ("better", [("AWS_ENDPOINT_URL_STS", "https://sts.us-east-2.amazonaws.com")])));

        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData("""{"name":"app","envFrom":[{"configMapRef":{"name":"app"}}],"env":[{"name":"AWS_ENDPOINT_URL_STS","value":"https://$(APP_HOST)"}]}""", true)]
    [InlineData("""{"name":"app","envFrom":[{"configMapRef":{"name":"app"}}],"command":["curl","https://$(APP_HOST)/"]}""", true)]
    [InlineData("""{"name":"app","envFrom":[{"prefix":"APP_","configMapRef":{"name":"bare"}}],"command":["curl","https://$(APP_X)/"]}""", true)]
    [InlineData("""{"name":"app","envFrom":[{"configMapRef":{"name":"bare"}}],"command":["curl","https://$(APP_X)/"]}""", false)]
    [InlineData("""{"name":"app","envFrom":[{"configMapRef":{"name":"app"}}],"env":[{"name":"APP_HOST","value":"sts.us-east-2.amazonaws.com"}],"command":["curl","https://$(APP_HOST)/"]}""", false)]
    public void Decide_ReferenceToAConfigMapsValue_IsExpandedAsTheKubeletDoes(string container, bool isDenied)
    {
        var (result, _) = Decide(Pod(container), View(
            ("app", [("APP_HOST", "sts.amazonaws.com")]), ("bare", [("X", "sts.amazonaws.com")])));

        Assert.Equal(isDenied, result.Decision == AdmissionDecision.Denied);
    }

    [Fact]
    public void NodeToBind_BindingTellsNoRegion_IsItsNode()
    {
        using var review = Open(Binding("node-z"), Webhook.Bind);

        Assert.Equal("node-z", review.NodeToBind);
        Assert.Empty(review.ConfigMaps);
    }

    [Theory]
    [InlineData("us-east-2", null)]
    [InlineData("my-datacenter", "node-z")]
    public void NodeToBind_BindingHasARegionLabel_IsNeededOnlyIfThatIsNone(string label, string? expected)
    {
        using var review = Open(Binding("node-z", label), Webhook.Bind);

        Assert.Equal(expected, review.NodeToBind);
    }

    [Fact]
    public void NodeToBind_OtherWebhook_ReturnsNull()
    {
        using var review = Open(Binding("node-z"), Webhook.Mutate);

        Assert.Null(review.NodeToBind);
    }

    [Fact]
    public void Decide_Binding_TakesLabelThenTableThenLookup()
    {
        var late = Node.From("node-z", Labels("eu-west-1"), providerId: null);
        var unlabelled = Node.From("node-z", Labels(), providerId: null);

        Assert.Contains("ap-south-1", Bind(Binding("node-a", "ap-south-1"), new ClusterSnapshot(new NodeTable([UsEast2]))), StringComparison.Ordinal);
        Assert.Contains("us-east-2", Bind(Binding("node-a"), new ClusterSnapshot(new NodeTable([UsEast2]))), StringComparison.Ordinal);
        Assert.Contains("us-east-2", Bind(Binding("node-a"), new ClusterSnapshot(new NodeTable([UsEast2])) { BoundNode = late }), StringComparison.Ordinal);
        Assert.Contains("eu-west-1", Bind(Binding("node-z"), new ClusterSnapshot(new NodeTable([UsEast2])) { BoundNode = late }), StringComparison.Ordinal);
        Assert.Contains("eu-west-1", Bind(Binding("node-z"), new ClusterSnapshot(new NodeTable([unlabelled])) { BoundNode = late }), StringComparison.Ordinal);
        Assert.Empty(Bind(Binding("node-z"), new ClusterSnapshot(new NodeTable([UsEast2]))));
        Assert.Empty(Bind(Binding("node-z"), new ClusterSnapshot(NodeTable.Empty) { BoundNode = unlabelled }));
    }

    private static string Bind(JsonObject review, ClusterSnapshot view)
    {
        var (result, patch) = Decide(review, view, webhook: Webhook.Bind);
        Assert.NotEqual(AdmissionDecision.Denied, result.Decision);
        return patch;
    }

    private static ParsedReview Open(JsonObject json, Webhook webhook = Webhook.Mutate, ReviewSettings? settings = null) =>
        new Reviewer(settings ?? new ReviewSettings())
            .TryParse(Encoding.UTF8.GetBytes(json.ToJsonString()), webhook, enforcement: null, out var review, out var error)
            ? review
            : throw new InvalidOperationException(error);

    /// <summary>What was decided, and the patch; empty where there is none.</summary>
    private static (ReviewSummary Result, string Patch) Decide(
        JsonObject json, ClusterSnapshot view, ReviewSettings? settings = null, Webhook webhook = Webhook.Mutate)
    {
        using var review = Open(json, webhook, settings);
        var answer = new ArrayBufferWriter<byte>();
        var result = review.Decide(view, answer);
        var patch = (string?)JsonNode.Parse(answer.WrittenSpan)!["response"]!["patch"];
        return (result, patch is null ? string.Empty : Encoding.UTF8.GetString(Convert.FromBase64String(patch)));
    }

    private static ClusterSnapshot View(params (string Name, (string Key, string Value)[] Data)[] configMaps) => new(new NodeTable([UsEast2]))
    {
        ConfigMaps = new ConfigMapSet(configMaps.ToDictionary(
            c => new ConfigMapReference("payments", c.Name),
            c => ConfigMapLookup.Known(new ConfigMapData(c.Data.ToDictionary(d => d.Key, d => d.Value, StringComparer.Ordinal))))),
    };

    private static JsonObject Pod(params string[] containers) =>
        Review("pods", "CREATE", Object(string.Join(',', containers), "containers"));

    private static JsonObject Mirror()
    {
        var review = Pod(FromApp);
        review["request"]!["object"]!["metadata"]!["annotations"] = new JsonObject { ["kubernetes.io/config.mirror"] = "x" };
        return review;
    }

    private static JsonObject Object(string containers, string list) => new()
    {
        ["metadata"] = new JsonObject { ["name"] = "app" },
        ["spec"] = new JsonObject { [list] = JsonNode.Parse($"[{containers}]") },
    };

    private static JsonObject Binding(string node, string? region = null)
    {
        var labels = new JsonObject();
        if (region is not null)
        {
            labels["topology.kubernetes.io/region"] = region;
        }

        return Review(
            "pods",
            "CREATE",
            new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels }, ["target"] = new JsonObject { ["name"] = node } },
            "binding");
    }

    private static JsonObject Review(string resource, string operation, JsonObject of, string? subresource = null) => new()
    {
        ["apiVersion"] = "admission.k8s.io/v1",
        ["kind"] = "AdmissionReview",
        ["request"] = new JsonObject
        {
            ["uid"] = "c8b1f4a2-0000-4000-8000-000000000002",
            ["resource"] = new JsonObject { ["group"] = "", ["version"] = "v1", ["resource"] = resource },
            ["subResource"] = subresource,
            ["namespace"] = "payments",
            ["operation"] = operation,
            ["object"] = of,
        },
    };

    private static Dictionary<string, string> Labels(string? region = null) =>
        region is null
            ? new(StringComparer.Ordinal)
            : new(StringComparer.Ordinal) { ["topology.kubernetes.io/region"] = region };
}
