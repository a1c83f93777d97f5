namespace StsWebhook.Core.CloudTrail;

/// <summary>One call to STS.</summary>
/// <param name="Time">The time of the call; null if the event has none.</param>
/// <param name="Evidence">The evidence that the call went to the global endpoint.</param>
/// <param name="Caller">The client; null if the call went to a regional endpoint, because only global calls are reported.</param>
public sealed record StsCall(DateTimeOffset? Time, GlobalEndpointEvidence Evidence, Caller? Caller);
