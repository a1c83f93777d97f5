using System.Buffers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The matchConditions: which of the requests that match a rule the API server sends.</summary>
public sealed partial class MatchConditionTests
{
    /// <summary>The cost limit of one expression in the API server (k8s.io/apiserver/pkg/apis/cel, PerCallLimit).</summary>
    private const long PerCallLimit = 1_000_000;

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Conditions = new(() => Helm.Template()
        .Only<V1ValidatingWebhookConfiguration>().Webhooks
        .SelectMany(w => w.MatchConditions)
        .DistinctBy(c => c.Name, StringComparer.Ordinal)
        .ToDictionary(c => c.Name, c => c.Expression, StringComparer.Ordinal));

    public static TheoryData<string> Cases => [.. PolicyCase.All.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void ConfigMap_WithAFinding_IsSentInEveryEncoding(string name)
    {
        foreach (var text in PolicyCase.Texts(PolicyCase.All[name]))
        {
            foreach (var disguised in (string[])[text, text.ToUpperInvariant(), Wide(text), Percent(text), JsonEscaped(text), XmlEscaped(text)])
            {
                var review = PolicyCase.ReviewOfConfigMap(new JsonObject { ["config"] = disguised });
                Assert.True(IsSent("text-can-matter", review) || !HasFindings(review), disguised);
            }
        }
    }

    [Fact]
    public void ConfigMap_WithADeployedText_IsSentIfTheProgramHasAFinding()
    {
        var reviews = Directory
            .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Fixtures", "manifests"), "*.yaml", SearchOption.AllDirectories)
            .SelectMany(file => YamlParser.Parse(File.ReadAllText(file)))
            .SelectMany(PolicyCase.Texts)
            .Distinct(StringComparer.Ordinal)
            .Select(text => PolicyCase.ReviewOfConfigMap(new JsonObject { ["config"] = text }))
            .ToArray();
        var judged = reviews.Select(r => (IsSent: IsSent("text-can-matter", r), HasFindings: HasFindings(r))).ToArray();

        Assert.DoesNotContain((false, true), judged);
        Assert.True(judged.Count(j => j.HasFindings) > 50);
        // Even texts that almost match.
        Assert.True(judged.Count(j => !j.IsSent) > judged.Length / 2);
    }

    [Theory]
    [InlineData("LOG_LEVEL", "debug", false)]
    [InlineData("url", "https://requests.example.com", false)]
    [InlineData("url", "https://hosts.amazonaws.com", false)]
    [InlineData("environment", "environment = production", false)]
    [InlineData("url", "https://sts.eu-west-1.amazonaws.com", true)]
    [InlineData("url", "https://sts-fips.us-east-1.amazonaws.com", true)]
    [InlineData("start.sh", "unset AWS_STS_REGIONAL_ENDPOINTS", true)]
    [InlineData("start.sh", "exec env -i app", true)]
    [InlineData("start.sh", "exec -c app", true)]
    [InlineData("pod.json", """["env", "-", "app"]""", true)]
    [InlineData("start.ps1", "Remove-Item Env:AWS_REGION", true)]
    [InlineData("config.xml", "https://&#115;ts.amazonaws.com", true)]
    [InlineData("discount", "100% of the price", false)]
    [InlineData("aws.sts_regional_endpoints", "legacy", true)]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "legacy", true)]
    [InlineData("config", "sts_Regional_Endpoints = legacy", true)]
    [InlineData("config", "region = aws-global", true)]
    [InlineData("config", "https://sts-global.us-east-2.amazonaws.com", true)]
    [InlineData("config", """{"url":"https://\u0073ts.amazonaws.com"}""", true)]
    [InlineData("config", "https://sts%2eamazonaws.com", true)]
    [InlineData("config", "https://ｓｔｓ.amazonaws.com", true)]
    public void ConfigMap_IsSent_IfItsTextCanHaveAFinding(string key, string value, bool isSent) =>
        Assert.Equal(isSent, IsSent("text-can-matter", PolicyCase.ReviewOfConfigMap(new JsonObject { [key] = value })));

    [Fact]
    public void ConfigMap_WithoutData_IsNotSent()
    {
        var review = Recordings.Json("configmaps-create-aws-config");
        review["request"]!["object"]!.AsObject().Remove("data");

        Assert.False(IsSent("text-can-matter", review));
    }

    [Theory]
    [InlineData(1, 131_073)]
    [InlineData(501, 1)]
    public void ConfigMap_TooLargeForTheExpression_IsSent(int keys, int length) => Assert.True(IsSent(
        "text-can-matter",
        PolicyCase.ReviewOfConfigMap(new JsonObject(Enumerable.Range(0, keys).Select(k =>
            KeyValuePair.Create<string, JsonNode?>($"key-{k}", new string('x', length)))))));

    /// <summary>
    /// Calculates the cost like the API server (cel-go, interpreter/runtimecost.go): <c>matches</c> costs a tenth of the
    /// text times a quarter of the pattern, each rounded up; every other step costs about one, and the number of steps is
    /// estimated generously.
    /// </summary>
    [Fact]
    public void MatchCondition_LargestEvaluatedConfigMap_CostsLessThanTheLimit()
    {
        const int MaxKey = 253;
        const int StepsOfAnEntry = 40;
        var numbers = Limits().Matches(Conditions.Value["text-can-matter"]).Select(m => long.Parse(m.Groups["n"].Value, null)).ToArray();
        var patterns = Patterns().Matches(Conditions.Value["text-can-matter"])
            .Select(m => m.Groups["pattern"].Value.Replace(@"\\", @"\", StringComparison.Ordinal).Length).ToArray();
        var (keys, characters) = (numbers[0], numbers[1]);

        var costOfKeys = keys * ((MaxKey / 10) + 2) * ((patterns[0] + 3) / 4);
        var costOfTexts = ((characters / 10) + (2 * keys)) * ((patterns[1] + 3) / 4);
        var cost = costOfKeys + costOfTexts + (keys * StepsOfAnEntry);
        Assert.InRange(cost, 1, PerCallLimit);
    }

    [Theory]
    [InlineData("deployments-create-ledger")]
    [InlineData("statefulsets-create-cache")]
    [InlineData("cronjobs-create-nightly-report")]
    [InlineData("jobs-create-backfill")]
    public void Workload_ThatIsCreated_IsSent(string recording) => Assert.True(IsSent("template-changes", Recordings.Json(recording)));

    [Theory]
    [InlineData("deployments-create-ledger", "/request/object/spec/replicas", "/request/object/spec/template/spec/hostname")]
    [InlineData("cronjobs-create-nightly-report", "/request/object/spec/schedule", "/request/object/spec/jobTemplate/spec/template/spec/hostname")]
    public void Workload_ThatIsUpdated_IsSentIfItsTemplateChanges(string recording, string besides, string within)
    {
        JsonNode Update(string place) => Recordings.Json(recording)
            .With("/request/operation", "UPDATE")
            .With("/request/oldObject", Recordings.Json(recording)["request"]!["object"]!.DeepClone())
            .With(place, "changed");

        Assert.False(IsSent("template-changes", Update(besides)));
        Assert.True(IsSent("template-changes", Update(within)));
    }

    [Fact]
    public void PodTemplate_IsSent_IfItsTemplateChanges()
    {
        JsonNode Update(string image) => Recordings.Json("deployments-create-ledger")
            .With("/request/operation", "UPDATE")
            .With("/request/resource/resource", "podtemplates")
            .With("/request/object", new JsonObject { ["template"] = new JsonObject { ["image"] = image } })
            .With("/request/oldObject", new JsonObject { ["template"] = new JsonObject { ["image"] = "one" } });

        Assert.False(IsSent("template-changes", Update("one")));
        Assert.True(IsSent("template-changes", Update("two")));
    }

    [Fact]
    public void ReplicationController_WithoutATemplate_IsNotAnError()
    {
        var review = Recordings.Json("deployments-create-ledger")
            .With("/request/operation", "UPDATE")
            .With("/request/resource/resource", "replicationcontrollers")
            .With("/request/object", new JsonObject { ["spec"] = new JsonObject() })
            .With("/request/oldObject", new JsonObject { ["spec"] = new JsonObject() });

        Assert.True(IsSent("template-changes", review));
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("example.com/other", true)]
    [InlineData("kubernetes.io/config.mirror", false)]
    public void Pod_IsSent_UnlessItIsAMirrorPod(string? annotation, bool isSent)
    {
        var review = Recordings.Json(Recordings.Sound);
        review["request"]!["object"]!["metadata"]!.AsObject().Remove("annotations");
        if (annotation is not null)
        {
            review.With("/request/object/metadata/annotations", new JsonObject { [annotation] = "x" });
        }

        Assert.Equal(isSent, IsSent("is-no-mirror-pod", review));
    }

    private static bool IsSent(string condition, JsonNode review) =>
        (bool)new CelExpression(Conditions.Value[condition]).Evaluate(review["request"]!)!;

    private static bool HasFindings(JsonNode review) => new Reviewer(new ReviewSettings { DefaultRegion = "us-east-2" })
        .Review(review.Utf8(), Webhook.Validate, Enforcement.Deny, NodeTable.Empty, new ArrayBufferWriter<byte>()).Findings.Count > 0;

    /// <summary>Full-width letters, which URL parsers convert to ASCII letters.</summary>
    private static string Wide(string text) => string.Concat(text.Select(c => char.IsAsciiLetter(c) ? (char)(c + 0xFEE0) : c));

    private static string Percent(string text) => text.Replace(".", "%2E", StringComparison.Ordinal).Replace("s", "%73", StringComparison.Ordinal);

    private static string JsonEscaped(string text) =>
        $$"""{"url": "{{text.Replace("\"", "\\\"", StringComparison.Ordinal).Replace("a", @"\u0061", StringComparison.Ordinal)}}"}""";

    private static string XmlEscaped(string text) => $"<url>{text.Replace("a", "&#97;", StringComparison.Ordinal)}</url>";

    [GeneratedRegex("> (?<n>[0-9]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Limits();

    [GeneratedRegex("matches\\('(?<pattern>[^']+)'\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Patterns();
}
