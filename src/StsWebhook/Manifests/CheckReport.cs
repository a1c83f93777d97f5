using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;
using StsWebhook.Findings;
using StsWebhook.Manifests.Reading;
using StsWebhook.Output;

namespace StsWebhook.Manifests;

/// <summary>The result of checking manifests.</summary>
/// <param name="Files">The files that were read.</param>
/// <param name="Objects">The objects, in the order of the files.</param>
/// <param name="Errors">The files and objects that could not be used.</param>
internal sealed record CheckReport(
    IReadOnlyList<ManifestFile> Files, IReadOnlyList<CheckedObject> Objects, IReadOnlyList<ManifestError> Errors)
{
    /// <summary>The number of objects of kinds that the webhook does not review.</summary>
    public int Ignored => Objects.Count(o => o.Decision == AdmissionDecision.Ignored);

    /// <summary>The number of pods and pod templates that would get variables.</summary>
    public int Patched => Objects.Count(o => o.Patch.Length > 0);

    /// <summary>The number of those that would get no region, because it cannot be determined.</summary>
    public int WithoutRegion => Objects.Count(o => o.Patch.Length > 0 && o.Region.Source == RegionSource.None);

    /// <summary>2 if a file or object could not be used, 1 if an object would be denied, otherwise 0.</summary>
    public ExitCode ExitCode =>
        Errors.Count > 0 ? ExitCode.Unusable
        : Objects.Any(o => o.Decision == AdmissionDecision.Denied) ? ExitCode.Found
        : ExitCode.Success;

    /// <summary>The number of findings of a level.</summary>
    public int Count(FindingLevel level) => Objects.Sum(o => o.Findings.Count(f => f.Level == level));
}
