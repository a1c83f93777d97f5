using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>
/// Manifests as people deploy them, with nothing capped: those that name the global host innocently, or something that
/// looks like it, and those that would call it.
/// </summary>
public class ManifestsTests
{
    private const string Silent = "silent";
    private const string Offending = "offending";

    public static TheoryData<string> OfSilent() => [.. Fixture.Manifests(Silent)];

    public static TheoryData<string> OfOffending() => [.. Fixture.Manifests(Offending)];

    [Theory]
    [MemberData(nameof(OfSilent))]
    public void Review_InnocentManifest_IsNeverDenied(string name)
    {
        var (manifest, answers) = Evaluate(Silent, name);

        Assert.Equal(string.Join('\n', manifest.Expected), Found(answers));
        Assert.All(answers, answer => Assert.True(answer.IsAllowed));
        Assert.Equal(manifest.Expected.Count, answers.Sum(answer => answer.Warnings.Count));
    }

    [Theory]
    [MemberData(nameof(OfOffending))]
    public void Review_OffendingManifest_HasExactlyItsFindings(string name)
    {
        var (manifest, answers) = Evaluate(Offending, name);

        Assert.NotEmpty(manifest.Expected);
        Assert.Equal(string.Join('\n', manifest.Expected), Found(answers));
        Assert.Equal(
            manifest.Expected.Any(finding => finding.StartsWith("deny ", StringComparison.Ordinal)),
            answers.Exists(answer => !answer.IsAllowed));
    }

    [Fact]
    public void Manifests_AreMany()
    {
        Assert.True(Fixture.Manifests(Silent).Count() >= 70);
        Assert.True(Fixture.Manifests(Offending).Count() >= 40);
    }

    private static (Manifest Manifest, List<Answer> Answers) Evaluate(string folder, string name)
    {
        var manifest = Manifest.Read($"manifests/{folder}/{name}.yaml");
        var settings = new ReviewSettings
        {
            DefaultRegion = manifest.Region,
            Policy = new PolicySettings { Workloads = Severity.Deny, ConfigMaps = Severity.Deny },
        };
        return (manifest, [.. manifest.Objects.Select(json => Evaluate(json, settings))]);
    }

    private static Answer Evaluate(JsonObject json, ReviewSettings settings) => Answer.To(
        ReviewOf(json),
        (string?)json["kind"] == "Pod" ? Webhook.Mutate : Webhook.Validate,
        settings: settings,
        enforcement: Enforcement.Deny);

    private static JsonObject ReviewOf(JsonObject json)
    {
        var apiVersion = (string)json["apiVersion"]!;
        var resource = ((string)json["kind"]!).ToLowerInvariant();
        var plural = resource.EndsWith('y') ? $"{resource[..^1]}ies" : resource.EndsWith('s') ? $"{resource}es" : $"{resource}s";
        return Review.Of(apiVersion.Contains('/', StringComparison.Ordinal) ? apiVersion.Split('/')[0] : string.Empty, plural, "CREATE", json);
    }

    /// <summary>The findings, a line each, so that a difference is shown whole.</summary>
    private static string Found(IEnumerable<Answer> answers) => string.Join(
        '\n',
        answers
            .SelectMany(answer => answer.Result.Findings)
            .Select(f => $"{(f.Severity == Severity.Deny ? "deny" : "warn")} {f.Rule}@{f.Field}")
            .Order(StringComparer.Ordinal));
}
