using System.Buffers;
using System.Text.Json.Nodes;
using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The ValidatingAdmissionPolicy: it must not deny what the program allows.</summary>
public sealed class BackstopTests
{
    private static readonly Lazy<RenderedManifests> Rendered = new(() => Helm.Template(Helm.Ci("cel-backstop")));

    public static TheoryData<string> Pods => [.. Directory
        .EnumerateFiles(Path.GetDirectoryName(Recordings.Nodes)!, "pods-*.json")
        .Select(f => Path.GetFileNameWithoutExtension(f))
        .Where(n => !n.StartsWith("pods-binding", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Pods))]
    public void RecordedPod_IsDeniedOnlyIfTheProgramDenies(string name) =>
        Assert.Equal(name == Recordings.Global ? ["global-endpoint"] : [], Refusals(Recordings.Json(name)), StringComparer.Ordinal);

    [Fact]
    public void PodOfTheCases_IsDeniedOnlyIfTheProgramDenies()
    {
        var refused = PolicyCase.All.Values
            .Where(o => o["kind"]!.ToString() == "Pod").Select(PolicyCase.Review).Where(r => Refusals(r).Any()).ToArray();

        Assert.True(refused.Length > 5);
        Assert.All(refused, review =>
        {
            var answer = new ArrayBufferWriter<byte>();
            new Reviewer(new ReviewSettings()).Review(review.Utf8(), Webhook.Validate, Enforcement.Deny, NodeTable.Empty, answer);
            Assert.False((bool)JsonNode.Parse(answer.WrittenSpan)!["response"]!["allowed"]!);
        });
    }

    [Theory]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "legacy", "legacy-mode")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", " Legacy ", "legacy-mode")]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", "regional", null)]
    [InlineData("AWS_STS_REGIONAL_ENDPOINTS", null, null)]
    [InlineData("OTHER", "legacy", null)]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.amazonaws.com", "global-endpoint")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://STS.amazonaws.com.:443/", "global-endpoint")]
    [InlineData("stsEndpoint", "http://sts.amazonaws.com?x=y", "global-endpoint")]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.eu-west-1.amazonaws.com", null)]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts.amazonaws.com.cn", null)]
    [InlineData("AWS_ENDPOINT_URL_STS", "https://sts-amazonaws-com", null)]
    [InlineData("AUDIENCE", "https://sts.amazonaws.com", null)]
    public void Variable_IsDenied_InContainersOfEveryKind(string variable, string? value, string? rule)
    {
        JsonObject Container() => new()
        {
            ["name"] = "c",
            ["env"] = new JsonArray(new JsonObject { ["name"] = variable, [value is null ? "valueFrom" : "value"] = value ?? "x" }),
        };

        foreach (var kind in (string[])["containers", "initContainers"])
        {
            var review = Recordings.Json(Recordings.Sound).With($"/request/object/spec/{kind}", new JsonArray(Container()));
            Assert.Equal(rule is null ? [] : [rule], Refusals(review), StringComparer.Ordinal);
        }

        var debugged = Recordings.Json("pods-ephemeralcontainers-update-shell")
            .With("/request/object/spec/ephemeralContainers", new JsonArray(Container()));
        Assert.Equal(rule is null ? [] : [rule], Refusals(debugged), StringComparer.Ordinal);
    }

    [Fact]
    public void PodThatIsDebugged_IsNotDeniedForItsOldContainers()
    {
        JsonArray Old() => [new JsonObject
        {
            ["name"] = "old",
            ["env"] = new JsonArray(new JsonObject { ["name"] = "AWS_STS_REGIONAL_ENDPOINTS", ["value"] = "legacy" }),
        }];

        Assert.Empty(Refusals(Recordings.Json("pods-ephemeralcontainers-update-shell")
            .With("/request/object/spec/containers", Old())
            .With("/request/object/spec/ephemeralContainers", Old())
            .With("/request/oldObject/spec/ephemeralContainers", Old())));
    }

    [Theory]
    [InlineData(null, "Deny")]
    [InlineData("warn", "Warn")]
    [InlineData("audit", "Audit")]
    public void PolicyBinding_OfANamespace_FollowsItsLabel(string? enforce, string action)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["kubernetes.io/metadata.name"] = "shop",
            ["sts-webhook.io/inject"] = "enabled",
        };
        if (enforce is not null)
        {
            labels["sts-webhook.io/enforce"] = enforce;
        }

        var binding = Rendered.Value.All<V1ValidatingAdmissionPolicyBinding>()
            .Single(b => Selector.Matches(b.Spec.MatchResources.NamespaceSelector, labels));
        Assert.Equal([action], binding.Spec.ValidationActions, StringComparer.Ordinal);
        Assert.Equal(Policy.Metadata.Name, binding.Spec.PolicyName);
    }

    [Fact]
    public void RuleThatDoesNotDeny_IsLeftOut()
    {
        var policy = Helm.Template([.. Helm.Ci("cel-backstop"), "--set", "policy.rules.legacy-mode=warn"]).Only<V1ValidatingAdmissionPolicy>();

        Assert.Contains("(global-endpoint)", Assert.Single(policy.Spec.Validations).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backstop_IsOffByDefault() => Assert.Empty(Helm.Template().All<V1ValidatingAdmissionPolicy>());

    private static V1ValidatingAdmissionPolicy Policy => Rendered.Value.Only<V1ValidatingAdmissionPolicy>();

    private static IEnumerable<string> Refusals(JsonNode review)
    {
        var request = review["request"]!;
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var variable in Policy.Spec.Variables)
        {
            variables[variable.Name] = new CelExpression(variable.Expression).Evaluate(request, variables);
        }

        return Policy.Spec.Validations
            .Where(v => !(bool)new CelExpression(v.Expression).Evaluate(request, variables)!)
            .Select(v => v.Message.Split('(', ')')[^2]);
    }
}
