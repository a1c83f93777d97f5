using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Policy;

namespace StsWebhook.Findings;

/// <summary>A finding or advice for the author of an object. It never contains a value of the object.</summary>
/// <param name="Level">The level under the enforcement of the object's namespace.</param>
/// <param name="Rule">The rule's name, or <see cref="Advice"/>.</param>
/// <param name="Field">The field; null for advice, which concerns the object as a whole.</param>
/// <param name="Container">The name of the container that the field belongs to; null outside of containers.</param>
/// <param name="Message">The problem, as a clause whose subject is the field; a sentence of its own for advice.</param>
/// <param name="Remedy">The next step, as an imperative clause; null for advice, whose message contains it.</param>
internal record ObjectFinding(
    FindingLevel Level, string Rule, string? Field, string? Container, string Message, string? Remedy)
{
    /// <summary>The rule's name for advice, as for labels and annotations of this project that have no effect.</summary>
    public const string Advice = "advice";

    /// <summary>The finding without its level, as one line.</summary>
    public string Text => Field is null ? $"{Message} ({Rule})" : Finding.Format(Field, Container, Message, Remedy, Rule);

    /// <summary>The findings of an outcome, in the order of the object, then advice.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="advice">The notes and warnings of the outcome that are relevant to the caller.</param>
    public static IEnumerable<ObjectFinding> From(AdmissionOutcome outcome, IEnumerable<string> advice)
    {
        foreach (var (finding, effect) in outcome.Effects)
        {
            yield return new ObjectFinding(
                LevelOf(effect), finding.Rule.Name, finding.Field, finding.Container, finding.Message, finding.Remedy);
        }

        foreach (var text in advice)
        {
            yield return new ObjectFinding(FindingLevel.Warning, Advice, Field: null, Container: null, text, Remedy: null);
        }
    }

    /// <summary>Writes the members of the JSON output that docs/check.md describes.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteString("field"u8, Field);
        json.WriteString("container"u8, Container);
        json.WriteString("rule"u8, Rule);
        json.WriteString("severity"u8, EnumWord.Format(Level));
        json.WriteString("message"u8, Message);
        json.WriteString("remedy"u8, Remedy);
    }

    private static FindingLevel LevelOf(Effect effect) => effect switch
    {
        Effect.Deny => FindingLevel.Error,
        Effect.Warn => FindingLevel.Warning,
        _ => FindingLevel.Note,
    };
}
