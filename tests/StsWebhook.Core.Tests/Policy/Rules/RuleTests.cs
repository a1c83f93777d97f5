using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Policy.Rules;

/// <summary>What holds for every rule.</summary>
public class RuleTests
{
    private static readonly FieldLocation Location = new("spec.containers[0].env[X].value", "variable");

    public static TheoryData<Rule> All => [.. Rule.All];

    /// <summary>The field is the subject of the message, and the remedy follows after a semicolon.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void Message_IsAClauseWithAVerb(Rule rule) =>
        Assert.Matches(@"^(sends|sets|uses|mentions|is|removes|takes) \w[^.;]*( [^;]+)?$", rule.Message);

    [Theory]
    [MemberData(nameof(All))]
    public void Remedy_IsAnImperativeClause(Rule rule)
    {
        PodRegion[] regions = [new(RegionSource.Node, "cn-north-1"), new(RegionSource.Binding, "us-east-2"), new(RegionSource.None, Name: null)];

        Assert.All(regions, region => Assert.Matches(
            "^(use|remove|set|keep|if it is called, use) [^;]+[^.;]$", rule.Remedy(new RemedyContext(Location, region))));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Summary_IsASentence(Rule rule) => Assert.Matches(@"^[A-Z`][^|]+\.$", rule.Summary);

    [Theory]
    [MemberData(nameof(All))]
    public void Find_NameOfARule_IsThatRule(Rule rule) => Assert.Same(rule, Rule.Find(rule.Name));

    [Fact]
    public void Find_OtherName_IsNull() => Assert.Null(Rule.Find("Legacy-Mode"));

    [Fact]
    public void All_NamesAreDifferentAndInKebabCase()
    {
        Assert.Distinct(Rule.All.Select(rule => rule.Name), StringComparer.Ordinal);
        Assert.All(Rule.All, rule => Assert.Matches("^[a-z]+(-[a-z]+)*$", rule.Name));
    }

    [Fact]
    public void AllAndBuiltIn_HaveEveryRuleOfTheAssembly() => Assert.Equal(
        typeof(Rule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Rule)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
        Rule.All.Concat(Rule.BuiltIn).Select(rule => rule.GetType().Name).Order(StringComparer.Ordinal),
        StringComparer.Ordinal);

    [Fact]
    public void BuiltIn_CannotBeConfigured()
    {
        Assert.All(Rule.All, rule => Assert.True(rule.IsConfigurable));
        Assert.All(Rule.BuiltIn, rule => Assert.False(rule.IsConfigurable));
        Assert.All(Rule.BuiltIn, rule => Assert.Null(Rule.Find(rule.Name)));
    }
}
