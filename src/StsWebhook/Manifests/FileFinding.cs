using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Findings;

namespace StsWebhook.Manifests;

/// <summary>A finding with its line in the manifest file.</summary>
internal sealed record FileFinding : ObjectFinding
{
    private FileFinding(int line, ObjectFinding finding)
        : base(finding) => Line = line;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Creates all findings and notes of a decision on <paramref name="of"/>.</summary>
    public static IEnumerable<FileFinding> From(AdmissionOutcome outcome, ManifestObject of)
    {
        var lines = new FieldLocator(of.Node);

        // Without a cluster the region of every pod is unknown: the summary states that once.
        return From(outcome, outcome.Notes.Concat(outcome.Injection.Warnings).Where(text =>
            text != InjectionPlan.NoRegionWarning))
            .Select(finding => new FileFinding(finding.Field is { } field ? lines.LineOf(field) : of.Node.Line, finding));
    }
}
