using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Findings;

namespace StsWebhook.Manifests;

/// <summary>A finding, and where in a file it is.</summary>
internal sealed record FileFinding : ObjectFinding
{
    private FileFinding(int line, ObjectFinding finding)
        : base(finding) => Line = line;

    /// <summary>The line, counted from 1.</summary>
    public int Line { get; }

    /// <summary>Everything that a decision on <paramref name="of"/> says.</summary>
    public static IEnumerable<FileFinding> From(AdmissionOutcome outcome, ManifestObject of)
    {
        var lines = new FieldLocator(of.Node);

        // Without a cluster no region is known for every pod: the report tells that once.
        return From(outcome, outcome.Notes.Concat(outcome.Injection.Warnings).Where(text => text != InjectionPlan.NoRegion))
            .Select(finding => new FileFinding(finding.Field is { } field ? lines.LineOf(field) : of.Node.Line, finding));
    }
}
