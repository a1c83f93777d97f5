namespace StsWebhook.Core.CloudTrail;

/// <summary>
/// The evidence in a CloudTrail event that a call went to the global endpoint. Which evidence an event has depends on
/// its date and on the region of the caller, so all of them are checked
/// (docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html).
/// </summary>
[Flags]
public enum GlobalEndpointEvidence
{
    /// <summary>The call went to a regional endpoint.</summary>
    None = 0,

    /// <summary>
    /// <c>additionalEventData.RequestDetails.endpointType</c> is <c>global</c>. STS has written it since early 2025.
    /// </summary>
    EndpointType = 1,

    /// <summary>
    /// <c>tlsDetails.clientProvidedHostHeader</c> is the global host. Older events have it, and calls that us-east-1
    /// served.
    /// </summary>
    GlobalHost = 2,

    /// <summary>
    /// The host header is <c>sts-global.REGION.amazonaws.com</c>: the client addressed the global host and its own
    /// region served the call.
    /// </summary>
    LocalHost = 4,
}
