using System.Net;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;

namespace StsWebhook.Http;

/// <summary>A request for a review, without its HTTP.</summary>
/// <param name="Webhook">The webhook that the path names.</param>
/// <param name="Enforcement">The enforcement that the path names; null for the configured one.</param>
/// <param name="Body">The AdmissionReview as JSON, not yet read.</param>
/// <param name="ContentLength">The announced length of the body in bytes; null for a chunked body.</param>
/// <param name="Timeout">How long the API server waits for the answer.</param>
/// <param name="Client">The address of the client; null if it is not known.</param>
internal readonly record struct ReviewRequest(
    Webhook Webhook, Enforcement? Enforcement, Stream Body, long? ContentLength, TimeSpan Timeout, IPAddress? Client = null);
