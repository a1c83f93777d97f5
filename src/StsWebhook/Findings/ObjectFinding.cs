using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;

namespace StsWebhook.Findings;

/// <summary>Something that the webhook would say to whoever sends an object. It never holds a value of the object.</summary>
/// <param name="Level">What it means here.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Field">The field; null where it is the object as a whole.</param>
/// <param name="Container">The container's name, where the field belongs to one.</param>
/// <param name="Message">What is wrong: a clause that follows the field, or a sentence of its own where there is none.</param>
/// <param name="Remedy">What to do about it; null where the message says it.</param>
internal record ObjectFinding(
    FindingLevel Level, string Rule, string? Field, string? Container, string Message, string? Remedy)
{
    /// <summary>The rule of what is no rule of the policy: labels and annotations of this project that do nothing, and the like.</summary>
    public const string Advice = "advice";

    /// <summary>All of it but the level, in one line.</summary>
    public string Text => Field is null
        ? $"{Message} ({Rule})"
        : $"{Field}{(Container is null ? string.Empty : $" (container {Container})")} {Message}; {Remedy} ({Rule})";

    /// <summary>Everything that a decision says: what rejects the object, what was found in it, what its author should know.</summary>
    /// <param name="decision">The decision.</param>
    /// <param name="advice">What of its notes and warnings matters here.</param>
    public static IEnumerable<ObjectFinding> From(Decision decision, IEnumerable<string> advice)
    {
        if (decision.Refusal is { } refusal)
        {
            yield return new ObjectFinding(
                FindingLevel.Error, refusal.Reason, refusal.Field, Container: null, refusal.Message, refusal.Remedy);
        }

        foreach (var finding in decision.Findings)
        {
            yield return new ObjectFinding(
                LevelOf(finding, decision.Enforcement), finding.Rule.Name, finding.Field, finding.Container, finding.Message, finding.Remedy);
        }

        foreach (var text in advice)
        {
            yield return new ObjectFinding(FindingLevel.Warning, Advice, Field: null, Container: null, text, Remedy: null);
        }
    }

    /// <summary>Writes its members; they are documented in docs/check.md.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("field"u8, Field);
        json.WriteString("container"u8, Container);
        json.WriteString("rule"u8, Rule);
        json.WriteString("severity"u8, Level.ToString().ToLowerInvariant());
        json.WriteString("message"u8, Message);
        json.WriteString("remedy"u8, Remedy);
    }

    private static FindingLevel LevelOf(Finding finding, Enforcement enforcement) => enforcement switch
    {
        Enforcement.Audit => FindingLevel.Note,
        Enforcement.Deny when finding.Severity == Severity.Deny => FindingLevel.Error,
        _ => FindingLevel.Warning,
    };
}
