namespace StsWebhook.Audit;

/// <summary>Counts of workloads or ConfigMaps.</summary>
/// <param name="Total">All objects.</param>
/// <param name="Denied">Objects that the webhook would reject, or whose pods it would reject.</param>
/// <param name="Warned">Objects that the webhook would allow with warnings.</param>
internal sealed record ObjectCounts(int Total, int Denied, int Warned)
{
    /// <summary>All counts are zero.</summary>
    public static readonly ObjectCounts None = new(0, 0, 0);

    /// <summary>Adds two counts.</summary>
    public static ObjectCounts operator +(ObjectCounts one, ObjectCounts other) =>
        new(one.Total + other.Total, one.Denied + other.Denied, one.Warned + other.Warned);

    /// <summary>Counts one object.</summary>
    public static ObjectCounts From(AuditedObject of) => new(1, of.IsDenied ? 1 : 0, of.IsWarned ? 1 : 0);
}
