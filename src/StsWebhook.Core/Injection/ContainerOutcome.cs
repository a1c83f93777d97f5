namespace StsWebhook.Core.Injection;

/// <summary>The variables that a container gets. It does not refer to the pod's JSON.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Variables">The names of the variables, in the order of their entries.</param>
/// <param name="Skipped">Why the container does not get all variables; null if it does.</param>
public sealed record ContainerOutcome(string Container, IReadOnlyList<string> Variables, SkipReason? Skipped);
