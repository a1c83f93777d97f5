using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;
using StsWebhook.Findings;
using StsWebhook.Manifests.Reading;
using StsWebhook.Output;

namespace StsWebhook.Manifests;

/// <summary>What a check came to.</summary>
/// <param name="Files">What was read.</param>
/// <param name="Objects">The objects, in the order of the files.</param>
/// <param name="Errors">What could not be used.</param>
internal sealed record CheckReport(
    IReadOnlyList<ManifestFile> Files, IReadOnlyList<CheckedObject> Objects, IReadOnlyList<ManifestError> Errors)
{
    /// <summary>How many objects do not concern the webhook.</summary>
    public int Ignored => Objects.Count(o => o.Decision == AdmissionDecision.Ignored);

    /// <summary>How many pods and templates would get variables.</summary>
    public int Patched => Objects.Count(o => o.Patch.Length > 0);

    /// <summary>How many of those would get no region, since nothing tells it.</summary>
    public int WithoutRegion => Objects.Count(o => o.Patch.Length > 0 && o.Region.Source == RegionSource.None);

    /// <summary>2 where something cannot be used, else 1 where something is denied, else 0.</summary>
    public ExitCode ExitCode =>
        Errors.Count > 0 ? ExitCode.Unusable
        : Objects.Any(o => o.Decision == AdmissionDecision.Denied) ? ExitCode.Found
        : ExitCode.Success;

    /// <summary>How many findings have a level.</summary>
    public int Count(FindingLevel level) => Objects.Sum(o => o.Findings.Count(f => f.Level == level));
}
