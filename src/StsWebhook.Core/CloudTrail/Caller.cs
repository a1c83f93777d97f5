namespace StsWebhook.Core.CloudTrail;

/// <summary>Who calls, and from where: what somebody needs to know to find the setting that has to change.</summary>
/// <param name="Principal">Who called, without the name of a session; never a credential.</param>
/// <param name="UserAgent">The SDK and its version, as the client says; empty where it says nothing.</param>
/// <param name="Source">The VPC endpoint, else the IP address, or the AWS service that called for somebody.</param>
/// <param name="ServingRegion">The region that answered.</param>
public sealed record Caller(string Principal, string UserAgent, string Source, string ServingRegion);
