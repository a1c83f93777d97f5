using StsWebhook.Fuzz.Engine;

namespace StsWebhook.Fuzz.Targets;

/// <summary>All fuzz targets.</summary>
internal static class AllTargets
{
    /// <summary>The targets.</summary>
    public static IReadOnlyList<IFuzzTarget> All { get; } = [new ReviewTarget(), new TextTarget(), new CheckTarget(), new CloudTrailTarget(), new PatchTarget()];

    /// <summary>Returns the target with this name.</summary>
    public static IFuzzTarget Named(string name) => All.Single(target => target.Name == name);
}
