using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Tells when a single object was made, changed or deleted, and no more: who wants to know it reads it. Both requests
/// pick it by its name, so that the right to it alone is enough
/// (kubernetes.io/docs/reference/access-authn-authz/rbac, "Referring to resources").
/// </summary>
/// <param name="api">The server.</param>
/// <param name="metrics">Counts watches that break.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
/// <param name="path">The path of its kind without a leading slash.</param>
/// <param name="name">Its name.</param>
/// <param name="tell">Called at each change, and after each list.</param>
internal sealed class SingleObjectWatcher(
    KubernetesApiClient api, ServerMetrics metrics, TimeProvider time, ILogger<SingleObjectWatcher> log, string path, string name, Action tell)
    : Reflector(api, metrics, time, log, path[(path.LastIndexOf('/') + 1)..], $"{path}?fieldSelector=metadata.name%3D{name}")
{
    /// <inheritdoc/>
    protected override void EndList() => tell();

    /// <inheritdoc/>
    protected override void Changed(JsonElement json) => tell();

    /// <inheritdoc/>
    protected override void Deleted(JsonElement json) => tell();
}
