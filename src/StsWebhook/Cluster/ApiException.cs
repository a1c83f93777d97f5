using System.Net;

namespace StsWebhook.Cluster;

/// <summary>The API server answered with another status than the one of a success.</summary>
/// <param name="status">The status of the answer.</param>
internal sealed class ApiException(HttpStatusCode status) : Exception($"the API server answered {(int)status} {status}")
{
    /// <summary>The status of the answer.</summary>
    public HttpStatusCode Status => status;
}
