namespace StsWebhook.Core.CloudTrail;

/// <summary>
/// By what an event of CloudTrail shows that a call went to the global endpoint. Which ones an event has depends on
/// when it was written and where the call came from, so that each of them is looked for
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
    /// <c>tlsDetails.clientProvidedHostHeader</c> is the global host: what older events have, and calls that us-east-1
    /// serves.
    /// </summary>
    GlobalHost = 2,

    /// <summary>
    /// The host header is <c>sts-global.REGION.amazonaws.com</c>: the caller asked for the global host, and its own
    /// region answered.
    /// </summary>
    LocalHost = 4,
}
