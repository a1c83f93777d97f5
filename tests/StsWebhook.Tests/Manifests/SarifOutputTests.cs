using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using StsWebhook.Core.Policy;
using StsWebhook.Manifests;
using StsWebhook.Manifests.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

/// <summary>The log, judged by the schema of SARIF itself.</summary>
public sealed class SarifOutputTests
{
    private const string Offender = """
        apiVersion: v1
        kind: Pod
        metadata:
          name: offender
          annotations: {sts-webhook.io/region: nowhere}
        spec: {containers: [{name: app}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: caller, labels: {sts-webhook.io/bogus: x}}
        spec: {containers: [{name: app}]}

        """;

    private static readonly JsonSchema Schema =
        JsonSchema.FromFile(Path.Combine(AppContext.BaseDirectory, "Fixtures", "sarif", "sarif-2.1.0.json"));

    [Fact]
    public void Write_Findings_AreResultsWithLocations()
    {
        var run = Sarif(ManifestInput.Check(ManifestInput.File(Offender + ManifestInput.LegacyDeployment, "k8s/a b.yaml")))["runs"]![0]!;

        Assert.Equal(
            [("invalid-region", "error", 5), ("advice", "warning", 8), ("legacy-mode", "error", 22)],
            run["results"]!.AsArray().Select(r => (
                (string)r!["ruleId"]!,
                (string)r["level"]!,
                (int)r["locations"]![0]!["physicalLocation"]!["region"]!["startLine"]!)));
        Assert.All(run["results"]!.AsArray(), result =>
        {
            Assert.Equal("k8s/a%20b.yaml", (string?)result!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]);
            Assert.Equal(
                (string?)result["ruleId"],
                (string?)run["tool"]!["driver"]!["rules"]![(int)result["ruleIndex"]!]!["id"]);
        });
        Assert.Equal(1, (int)run["invocations"]![0]!["exitCode"]!);
    }

    [Fact]
    public void Write_NothingFound_IsARunWithoutResults()
    {
        var run = Sarif(ManifestInput.Check(ManifestInput.File("")))["runs"]![0]!;

        Assert.Empty(run["results"]!.AsArray());
        Assert.True((bool)run["invocations"]![0]!["executionSuccessful"]!);
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.All(Rule.All, rule => Assert.Contains(rules, r => (string?)r!["id"] == rule.Name));
    }

    [Fact]
    public void Write_UnusableFiles_AreNotifications()
    {
        var invocation = Sarif(ManifestInput.Check(ManifestInput.File("a: [", "/elsewhere/b.yaml"), ManifestInput.File("\0", "../c.yaml")))["runs"]![0]!["invocations"]![0]!;

        Assert.False((bool)invocation["executionSuccessful"]!);
        Assert.All(
            invocation["toolExecutionNotifications"]!.AsArray(),
            n => Assert.StartsWith("file:///", (string?)n!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"], StringComparison.Ordinal));
    }

    [Fact]
    public void Schema_OtherDocuments_AreRefused() =>
        Assert.False(Schema.Evaluate(JsonElement.Parse("""{"version":"2.1.0","runs":[{"results":[{}]}]}""")).IsValid);

    private static JsonNode Sarif(CheckReport report)
    {
        using var output = new StringWriter();
        SarifOutput.Write(report, output);
        var verdict = Schema.Evaluate(JsonElement.Parse(output.ToString()), new EvaluationOptions { OutputFormat = OutputFormat.List, RequireFormatValidation = true });
        Assert.True(verdict.IsValid, JsonSerializer.Serialize(verdict.Details?.Where(d => d.Errors is not null).Select(d => new { d.InstanceLocation, d.Errors })));
        return JsonNode.Parse(output.ToString())!;
    }
}
