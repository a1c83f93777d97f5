using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;

namespace StsWebhook.Manifests;

/// <summary>A finding, and where in a file it is.</summary>
/// <param name="Line">The line, counted from 1.</param>
/// <param name="Level">What it means here.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Field">The field; null where it is the object as a whole.</param>
/// <param name="Container">The container's name, where the field belongs to one.</param>
/// <param name="Message">What is wrong: a clause that follows the field, or a sentence of its own where there is none.</param>
/// <param name="Remedy">What to do about it; null where the message says it.</param>
internal sealed record FileFinding(
    int Line, FindingLevel Level, string Rule, string? Field, string? Container, string Message, string? Remedy)
{
    /// <summary>The rule of what is no rule of the policy: labels and annotations of this project that do nothing, and the like.</summary>
    public const string Advice = "advice";

    /// <summary>All of it but the place, in one line.</summary>
    public string Text => Field is null
        ? $"{Message} ({Rule})"
        : $"{Field}{(Container is null ? string.Empty : $" (container {Container})")} {Message}; {Remedy} ({Rule})";

    /// <summary>Everything that a decision on <paramref name="of"/> says.</summary>
    public static IEnumerable<FileFinding> Of(Decision decision, ManifestObject of)
    {
        var lines = new FieldLocator(of.Node);
        if (decision.Refusal is { } refusal)
        {
            yield return new FileFinding(
                lines.LineOf(refusal.Field), FindingLevel.Error, refusal.Reason, refusal.Field, Container: null, refusal.Message, refusal.Remedy);
        }

        foreach (var finding in decision.Findings)
        {
            yield return new FileFinding(
                lines.LineOf(finding.Field),
                LevelOf(finding, decision.Enforcement),
                finding.Rule.Name,
                finding.Field,
                finding.Container,
                finding.Message,
                finding.Remedy);
        }

        // Without a cluster that is so for every pod: the report tells it once.
        foreach (var advice in decision.Notes.Concat(decision.Injection.Warnings).Where(text => text != InjectionPlan.NoRegion))
        {
            yield return new FileFinding(of.Node.Line, FindingLevel.Warning, Advice, Field: null, Container: null, advice, Remedy: null);
        }
    }

    private static FindingLevel LevelOf(Finding finding, Enforcement enforcement) => enforcement switch
    {
        Enforcement.Audit => FindingLevel.Note,
        Enforcement.Deny when finding.Severity == Severity.Deny => FindingLevel.Error,
        _ => FindingLevel.Warning,
    };
}
