using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Json;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Signals that a single object was created, changed or deleted; the receiver reads the object itself. List and watch
/// select it by its name, so that a permission limited to that name is enough
/// (kubernetes.io/docs/reference/access-authn-authz/rbac, "Referring to resources").
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="metrics">Counts watches that break.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Receives failures.</param>
/// <param name="path">The path of the object's list without a leading slash.</param>
/// <param name="name">The name of the object.</param>
/// <param name="signal">Called at each change, and after each list.</param>
internal sealed class SingleObjectWatcher(
    KubernetesApiClient api,
    ServerMetrics metrics,
    TimeProvider time,
    ILogger<SingleObjectWatcher> log,
    string path,
    string name,
    Action signal)
    : Reflector<string>(api, metrics, time, log, path[(path.LastIndexOf('/') + 1)..],
        $"{path}?fieldSelector=metadata.name%3D{name}")
{
    /// <summary>Keeps the version alone.</summary>
    protected override string? Parse(JsonElement json) => json.Member("metadata"u8).Text("resourceVersion"u8);

    /// <inheritdoc/>
    protected override void Replace(IReadOnlyList<string> listed) => signal();

    /// <inheritdoc/>
    protected override void Update(string changed) => signal();

    /// <inheritdoc/>
    protected override void Delete(string deleted) => signal();
}
