using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>A rule that checks the entries of texts.</summary>
internal abstract class TextRule : Rule
{
    private protected TextRule(string name, Severity defaultSeverity, string message, string summary, TextFilter filter)
        : base(name, defaultSeverity, message, summary)
    {
        Filter = filter;
    }

    /// <summary>Which texts the rule can match. Texts that pass no rule's filter are not parsed.</summary>
    public TextFilter Filter { get; }

    /// <summary>Whether an entry violates the rule.</summary>
    /// <param name="entry">The entry, which may also be the removal of a variable.</param>
    /// <param name="podRegion">The region of the pod; null while it is unknown or deferred.</param>
    public abstract bool Matches(in ConfigEntry entry, string? podRegion);
}
