using System.Text.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Policy.Text;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Policy.Rules;

public class RuleSetTests
{
    private const string Word = "forbidden-word";

    private static readonly RuleSet Extended = new([.. Rule.All, new WordRule(new TextFilter([Word]))]);

    [Fact]
    public void MightMatch_KeywordOfAnAddedRule_IsTrue()
    {
        Assert.False(RuleSet.Default.MightMatch($"a {Word} b"));
        Assert.True(Extended.MightMatch($"a {Word.ToUpperInvariant()} b"));
        Assert.False(Extended.MightMatch("a b"));
    }

    [Fact]
    public void MightMatch_PredicateOfAnAddedRule_IsTrue()
    {
        var rules = new RuleSet([new WordRule(new TextFilter([], text => text.StartsWith("x")))]);

        Assert.True(rules.MightMatch("xy"));
        Assert.False(rules.MightMatch("yx"));
    }

    /// <summary>Through the prefilter on raw JSON, in a container that has no other finding.</summary>
    [Fact]
    public void Evaluate_AddedRule_FindsItsText()
    {
        var evaluator = new PolicyEvaluator(new PolicySettings(), Severity.Deny, default, Extended);
        PodPolicy.Evaluate(
            new PodBuilder().Container($$"""{"env":[{"name":"X","value":"{{Word}}"}]}""").Build(), ConfigMapView.None, evaluator);

        var finding = Assert.Single(evaluator.Findings);
        Assert.Equal(("word", "spec.containers[0].env[X].value"), (finding.Rule.Name, finding.Field));
    }

    [Fact]
    public void FindViolation_EntryOfTwoRules_IsTheFirstInTheList()
    {
        var rules = new RuleSet([GlobalEndpointRule.Instance, new WordRule(new TextFilter([Word]))]);

        Assert.Equal("global-endpoint", rules.FindViolation(new ConfigEntry("X", $"https://sts.amazonaws.com {Word}", IsWhole: true), null)?.Name);
    }

    [Theory]
    [InlineData("{\"host\":\"sts\\u002eamazonaws.com\"}")]
    [InlineData("<host>sts&#46;amazonaws.com</host>")]
    public void MightMatch_EscapeOfATextFormat_IsTrue(string text) => Assert.True(RuleSet.Default.MightMatch(text));

    [Fact]
    public void TextFilter_WithoutKeywordAndPredicate_IsRejected() =>
        Assert.Throws<ArgumentException>(() => new TextFilter([]));

    /// <summary>The prefilter must pass whatever the rules match: the fixtures have findings of every rule.</summary>
    [Theory]
    [MemberData(nameof(OffendingManifests))]
    public void CannotMatch_ManifestWithFindingsInText_IsFalse(string name)
    {
        var manifest = Manifest.Read($"manifests/offending/{name}.yaml");
        var isText = manifest.Expected.Any(finding => Rule.Find(finding.Split(' ', '@')[1]) is TextRule && !IsRegionVariable(finding));

        Assert.Equal(
            isText,
            isText && manifest.Objects.Any(json => !RawJsonPrefilter.CannotMatch(JsonSerializer.SerializeToElement(json), RuleSet.Default)));
    }

    /// <summary>Except <see cref="UnjudgedRule"/>: a manifest that reaches a limit is too long for a fixture.</summary>
    [Fact]
    public void OffendingManifests_HaveFindingsOfEveryRule() => Assert.Equal(
        Rule.All.Except([UnjudgedRule.Instance]).Select(rule => rule.Name).Order(StringComparer.Ordinal),
        Fixture.Manifests("offending")
            .SelectMany(name => Manifest.Read($"manifests/offending/{name}.yaml").Expected)
            .Select(finding => finding.Split(' ', '@')[1])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    public static TheoryData<string> OffendingManifests() => [.. Fixture.Manifests("offending")];

    /// <summary>Region variables are compared without the prefilter.</summary>
    private static bool IsRegionVariable(string finding) =>
        finding.Contains("env[AWS_REGION]", StringComparison.Ordinal) || finding.Contains("env[AWS_DEFAULT_REGION]", StringComparison.Ordinal);

    private sealed class WordRule(TextFilter filter) : TextRule("word", Severity.Deny, "is a forbidden word", "A word.", filter)
    {
        public override bool Matches(in ConfigEntry entry, string? podRegion) => entry.Value.Contains(Word, StringComparison.Ordinal);

        internal override string Remedy(in RemedyContext context) => "use another word";
    }
}
