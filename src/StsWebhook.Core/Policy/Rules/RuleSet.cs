using System.Buffers;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// An ordered list of rules with the prefilter that follows from them: the union of the rules' filters and of the
/// escapes that text formats have. Immutable and shared between threads.
/// </summary>
internal sealed class RuleSet
{
    private readonly Rule[] rules;
    private readonly TextRule[] textRules;
    private readonly SearchValues<string> ruleKeywords;
    private readonly TextFilter.Predicate[] predicates;

    /// <summary>Creates a set that evaluates <paramref name="rules"/> in their order.</summary>
    public RuleSet(IReadOnlyList<Rule> rules)
    {
        this.rules = [.. rules];
        textRules = [.. rules.OfType<TextRule>()];
        ruleKeywords = SearchValues.Create(
            [.. textRules.SelectMany(rule => rule.Filter.Keywords).Concat(TextFormat.AllEscapes)
                .Distinct(StringComparer.OrdinalIgnoreCase)],
            StringComparison.OrdinalIgnoreCase);
        predicates = [.. textRules.Select(rule => rule.Filter.MightMatch).OfType<TextFilter.Predicate>()];
    }

    /// <summary>The set of <see cref="Rule.All"/>.</summary>
    public static RuleSet Default { get; } = new(Rule.All);

    /// <summary>The rules, in the order of evaluation.</summary>
    public ReadOnlySpan<Rule> Rules => rules;

    /// <summary>
    /// Whether any rule can match a normalised text, or the raw JSON of a part of an object including its keys.
    /// </summary>
    public bool MightMatch(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(ruleKeywords))
        {
            return true;
        }

        foreach (var mightMatch in predicates)
        {
            if (mightMatch(text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether any rule can match a command. Words that are harmless apart may match together, as <c>env -i</c>.
    /// </summary>
    public bool MightMatch(IReadOnlyList<ShellWord> words) => MightMatch(string.Join(' ', words.Select(word => word.Text)));

    /// <summary>The first rule that <paramref name="entry"/> violates; null for none.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="podRegion">The region of the pod; null while it is unknown or deferred.</param>
    public Rule? FindViolation(in ConfigEntry entry, string? podRegion)
    {
        foreach (var rule in textRules)
        {
            if (rule.Matches(entry, podRegion))
            {
                return rule;
            }
        }

        return null;
    }
}
