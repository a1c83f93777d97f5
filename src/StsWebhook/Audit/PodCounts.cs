namespace StsWebhook.Audit;

/// <summary>Counts of pods by <see cref="PodState"/>.</summary>
/// <param name="Injected">Pods that already have all variables.</param>
/// <param name="Missing">Pods that lack variables.</param>
/// <param name="Denied">Pods that the webhook would reject.</param>
/// <param name="Exempt">Pods that opt out, and mirror pods.</param>
/// <param name="Finished">Pods that have finished.</param>
/// <param name="Warned">Pods that the webhook would allow with warnings, in any state.</param>
/// <param name="WithoutRegion">Pods that would get variables but no region.</param>
internal sealed record PodCounts(
    int Injected, int Missing, int Denied, int Exempt, int Finished, int Warned, int WithoutRegion)
{
    /// <summary>All counts are zero.</summary>
    public static readonly PodCounts None = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>The number of pods that have not finished.</summary>
    public int Total => Injected + Missing + Denied + Exempt;

    /// <summary>Adds two counts.</summary>
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
