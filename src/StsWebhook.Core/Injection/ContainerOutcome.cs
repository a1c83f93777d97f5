namespace StsWebhook.Core.Injection;

/// <summary>What a container gets.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="Variables">The names of the variables, in the order in which they are added.</param>
/// <param name="Skipped">Why it does not get everything: a <see cref="SkipReason"/>, or null.</param>
public sealed record ContainerOutcome(string Container, IReadOnlyList<string> Variables, string? Skipped);
