namespace StsWebhook.Audit;

/// <summary>How many pods are in each state.</summary>
/// <param name="Injected">Those that have everything that they would get.</param>
/// <param name="Missing">Those that would get variables.</param>
/// <param name="Denied">Those that would be rejected.</param>
/// <param name="Exempt">Those that opt out, or that the kubelet made from a file of its own.</param>
/// <param name="Finished">Those that have run to their end.</param>
/// <param name="Warned">Those that would be let through with warnings, whatever their state.</param>
/// <param name="WithoutRegion">Those that would get variables but no region.</param>
internal sealed record PodCounts(
    int Injected, int Missing, int Denied, int Exempt, int Finished, int Warned, int WithoutRegion)
{
    /// <summary>No pod.</summary>
    public static readonly PodCounts None = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>All that run or may run.</summary>
    public int Total => Injected + Missing + Denied + Exempt;

    /// <summary>Adds up.</summary>
    public static PodCounts operator +(PodCounts one, PodCounts other) => new(
        one.Injected + other.Injected,
        one.Missing + other.Missing,
        one.Denied + other.Denied,
        one.Exempt + other.Exempt,
        one.Finished + other.Finished,
        one.Warned + other.Warned,
        one.WithoutRegion + other.WithoutRegion);

    /// <summary>Counts one pod.</summary>
    public static PodCounts From(AuditedObject pod) => new(
        One(pod.Pod == PodState.Injected),
        One(pod.Pod == PodState.Missing),
        One(pod.Pod == PodState.Denied),
        One(pod.Pod == PodState.Exempt),
        One(pod.Pod == PodState.Finished),
        One(pod.IsWarned),
        One(pod.LacksRegion));

    private static int One(bool holds) => holds ? 1 : 0;
}
