namespace StsWebhook.Core.CloudTrail;

/// <summary>One call of STS.</summary>
/// <param name="Time">When; null where the event does not say.</param>
/// <param name="Signs">By what it shows that it went to the global endpoint.</param>
/// <param name="Caller">Who called; null where it went to a regional endpoint, which is nobody's concern.</param>
public sealed record StsCall(DateTimeOffset? Time, GlobalEndpointEvidence Signs, Caller? Caller);
