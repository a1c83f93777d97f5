namespace StsWebhook.Clients.Tests.Clients;

/// <summary>What a client did.</summary>
/// <param name="Version">Of its SDK, as it says itself.</param>
/// <param name="Hosts">Whom it wanted to call; none where it gave up for want of a region.</param>
internal sealed record Outcome(string Version, IReadOnlyList<string> Hosts);
