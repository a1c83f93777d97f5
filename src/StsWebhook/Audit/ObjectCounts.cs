namespace StsWebhook.Audit;

/// <summary>How many objects there are that make pods, or that pods read.</summary>
/// <param name="Total">All.</param>
/// <param name="Denied">Those that would be rejected, or whose pods would.</param>
/// <param name="Warned">Those that would be let through with warnings.</param>
internal sealed record ObjectCounts(int Total, int Denied, int Warned)
{
    /// <summary>No object.</summary>
    public static readonly ObjectCounts None = new(0, 0, 0);

    /// <summary>Adds up.</summary>
    public static ObjectCounts operator +(ObjectCounts one, ObjectCounts other) =>
        new(one.Total + other.Total, one.Denied + other.Denied, one.Warned + other.Warned);

    /// <summary>Counts one object.</summary>
    public static ObjectCounts From(AuditedObject of) => new(1, of.IsDenied ? 1 : 0, of.IsWarned ? 1 : 0);
}
