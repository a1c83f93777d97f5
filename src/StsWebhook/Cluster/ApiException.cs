using System.Net;

namespace StsWebhook.Cluster;

/// <summary>The API server answered, but not with what was asked for.</summary>
/// <param name="status">The status of the answer.</param>
internal sealed class ApiException(HttpStatusCode status) : Exception($"the API server answered {(int)status} {status}")
{
    /// <summary>The status of the answer.</summary>
    public HttpStatusCode Status => status;
}
