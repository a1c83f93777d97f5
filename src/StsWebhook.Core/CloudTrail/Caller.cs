namespace StsWebhook.Core.CloudTrail;

/// <summary>Identifies the client of a call, so that an operator can find the setting that has to change.</summary>
/// <param name="Principal">The calling principal without its session name. Never a credential.</param>
/// <param name="UserAgent">The SDK and its version as the client reported them; empty if the client sent none.</param>
/// <param name="Source">The VPC endpoint ID, otherwise the IP address, or the AWS service that called on behalf of a
/// principal.</param>
/// <param name="ServingRegion">The region that served the call.</param>
public sealed record Caller(string Principal, string UserAgent, string Source, string ServingRegion);
