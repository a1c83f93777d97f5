using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>The judged cases of the design, each by its name.</summary>
public class PolicyCasesTests
{
    /// <summary>The one case that is judged by the region of a node.</summary>
    private const string CrossRegion = "cross-region";

    private static readonly Dictionary<string, JsonObject> Cases = Fixture.Parse("policy-cases.json")
        .AsArray().ToDictionary(c => (string)c!["name"]!, c => c!.AsObject(), StringComparer.Ordinal);

    public static TheoryData<string> Denied() => [.. Named("deny")];

    public static TheoryData<string> Allowed() => [.. Named("allow")];

    public static TheoryData<string> Warned() => [.. Named("warn")];

    [Theory]
    [MemberData(nameof(Denied))]
    public void Validate_DenyCase_IsDeniedAtItsField(string name)
    {
        var answer = Validate(name);

        Assert.False(answer.IsAllowed);
        Assert.Contains(answer.Result.Findings, f => f.Severity == Severity.Deny && f.Field == FieldOf(name));
    }

    [Theory]
    [MemberData(nameof(Denied))]
    public void Mutate_DenyCaseOfPod_IsDeniedWithoutPatch(string name)
    {
        var isPod = (string?)Cases[name]["object"]!["kind"] == "Pod";
        var answer = Answer.To(ReviewOf(name), Webhook.Mutate, settings: SettingsOf(name));

        Assert.Equal(!isPod, answer.IsAllowed);
        Assert.False(answer.HasPatch);
    }

    [Theory]
    [MemberData(nameof(Allowed))]
    public void Validate_AllowCase_FindsNothing(string name)
    {
        var answer = Validate(name);

        Assert.True(answer.IsAllowed);
        Assert.Empty(answer.Result.Findings);
        Assert.Empty(answer.Warnings);
    }

    [Theory]
    [MemberData(nameof(Warned))]
    public void Validate_WarnCase_OnlyWarns(string name)
    {
        var answer = Validate(name);

        Assert.True(answer.IsAllowed);
        var finding = Assert.Single(answer.Result.Findings);
        Assert.Equal(Severity.Warn, finding.Severity);
        Assert.Equal(FieldOf(name), finding.Field);
        Assert.StartsWith(finding.Field, Assert.Single(answer.Warnings), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Named(string verdict) =>
        Cases.Where(c => (string?)c.Value["verdict"] == verdict).Select(c => c.Key);

    private static Answer Validate(string name) => Answer.To(ReviewOf(name), Webhook.Validate, settings: SettingsOf(name));

    private static ReviewSettings SettingsOf(string name) => new()
    {
        DefaultRegion = name == CrossRegion ? "eu-west-1" : null,
        Policy = new PolicySettings { ConfigMaps = Severity.Deny },
    };

    private static JsonObject ReviewOf(string name)
    {
        var json = Cases[name]["object"]!.DeepClone().AsObject();
        return (string?)json["kind"] == "ConfigMap" ? Review.OfConfigMap(json) : Review.OfPod(json);
    }

    /// <summary>The field alone: some cases add a word on how it is read.</summary>
    private static string FieldOf(string name) =>
        ((string)Cases[name]["where"]!).Split(' ')[0].Replace("ConfigMap.", string.Empty, StringComparison.Ordinal);
}
