namespace StsWebhook.Clients.Tests.Clients;

/// <summary>The result of a client.</summary>
/// <param name="Version">The version of its SDK, which the client prints.</param>
/// <param name="Hosts">The hosts that it tried to call; none if it stopped because it had no region.</param>
internal sealed record Outcome(string Version, IReadOnlyList<string> Hosts);
