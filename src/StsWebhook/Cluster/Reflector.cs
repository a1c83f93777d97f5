using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Json;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Keeps a copy of the objects of one kind up to date: lists them in pages, then watches from the version of the list
/// (kubernetes.io/docs/reference/using-api/api-concepts). A watch that breaks resumes from the last event. If the server
/// no longer has that version (410 Gone), the reflector lists again.
/// </summary>
/// <typeparam name="T">What is kept of an object.</typeparam>
/// <param name="api">The API server.</param>
/// <param name="metrics">Counts watches that break.</param>
/// <param name="time">The clock of waits; requests time out by the machine's clock.</param>
/// <param name="log">Receives failures.</param>
/// <param name="resource">The name of the kind in logs and metrics, as <c>nodes</c>.</param>
/// <param name="path">The path of the list without a leading slash; it may have a query that selects objects.</param>
internal abstract class Reflector<T>(
    KubernetesApiClient api, ServerMetrics metrics, TimeProvider time, ILogger log, string resource, string path)
    : SupervisedLoop(time)
    where T : class
{
    /// <summary>How long the server keeps a watch open. It ends without an error, and the next one resumes.</summary>
    private const int WatchSeconds = 300;

    private static readonly TimeSpan ListTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Without it, a connection that died silently would block the watch forever.</summary>
    private static readonly TimeSpan WatchTimeout = TimeSpan.FromSeconds(WatchSeconds + 30);

    /// <summary>
    /// A watch that ends sooner and without an event counts as failed: to start the next at once would flood the server.
    /// </summary>
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    /// <summary>Without retries: the loop retries, and logs and counts each failure.</summary>
    private readonly PagedListClient lists = new(api, retries: null);

    /// <summary>The version to watch from; null if a list is needed. Set at each event: the stream may break after any.</summary>
    private string? version;

    /// <inheritdoc/>
    public sealed override Task StartAsync(CancellationToken cancellationToken)
    {
        metrics.WatchStarted(resource);
        return base.StartAsync(cancellationToken);
    }

    /// <summary>Reads an object whose document is disposed of afterwards. Null for one to ignore.</summary>
    protected abstract T? Parse(JsonElement json);

    /// <summary>Replaces all known objects by those of a complete list.</summary>
    protected abstract void Replace(IReadOnlyList<T> listed);

    /// <summary>Adds or updates an object.</summary>
    protected abstract void Update(T changed);

    /// <summary>Removes an object.</summary>
    protected abstract void Delete(T deleted);

    /// <inheritdoc/>
    protected sealed override void LogFailure(string reason) => log.WatchFailed(resource, reason);

    /// <inheritdoc/>
    protected sealed override void LogForbidden(string reason) =>
        log.PermissionMissing(resource, $"list and watch {resource}", reason);

    /// <inheritdoc/>
    protected sealed override void OnFailure(Exception fault)
    {
        metrics.WatchRestarted(resource);
        if (fault is ApiException { Status: not HttpStatusCode.TooManyRequests })
        {
            // As client-go does: a server that rejects a version once may reject it forever, as after a restore from a backup.
            version = null;
        }

        if (fault is not ApiException { Status: HttpStatusCode.Gone })
        {
            base.OnFailure(fault);
        }
    }

    /// <inheritdoc/>
    protected sealed override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        version ??= await ListAsync(stoppingToken).ConfigureAwait(false);
        return await WatchAsync(version, stoppingToken).ConfigureAwait(false);
    }

    /// <summary>Lists all objects. Returns the version of the list.</summary>
    private async Task<string> ListAsync(CancellationToken stoppingToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        cancellation.CancelAfter(ListTimeout);
        var listed = new List<T>();
        string? listVersion = null;
        await foreach (var page in lists.ReadAsync(path, Parse, cancellation.Token).ConfigureAwait(false))
        {
            if (page.IsFirst)
            {
                listed.Clear();
            }

            listed.AddRange(page.Items);
            listVersion = page.ResourceVersion;
        }

        if (listVersion is null)
        {
            throw new JsonException("the list has no resourceVersion");
        }

        Replace(listed);
        return listVersion;
    }

    /// <summary>Applies events until the server ends the watch. Returns whether the watch brought an event or lasted.</summary>
    private async Task<bool> WatchAsync(string from, CancellationToken stoppingToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        cancellation.CancelAfter(WatchTimeout);
        using var events = await api.WatchAsync(
            PagedListClient.WithQuery(path, string.Create(
                CultureInfo.InvariantCulture,
                $"watch=true&allowWatchBookmarks=true&timeoutSeconds={WatchSeconds}"
                + $"&resourceVersion={Uri.EscapeDataString(from)}")),
            cancellation.Token).ConfigureAwait(false);
        var opened = Time.GetTimestamp();
        var isHealthy = false;
        try
        {
            while (await events.ReadLineAsync(cancellation.Token).ConfigureAwait(false) is { } line)
            {
                using var change = JsonDocument.Parse(line);
                version = Apply(change.RootElement.Text("type"u8), change.RootElement.Member("object"u8));
                isHealthy = true;
            }
        }
        finally
        {
            // Also if the watch broke after it had brought events.
            isHealthy = isHealthy || Time.GetElapsedTime(opened) >= ShortWatch;
            if (isHealthy)
            {
                Recover();
            }
        }

        return isHealthy;
    }

    /// <summary>Applies one event. Returns its version.</summary>
    /// <exception cref="ApiException">The event is an error, as 410 for a version that the server no longer has.</exception>
    /// <exception cref="JsonException">The event lacks a version.</exception>
    private string Apply(string? type, JsonElement json)
    {
        if (type == "ERROR")
        {
            throw new ApiException(json.Member("code"u8) is { ValueKind: JsonValueKind.Number } code
                && code.TryGetInt32(out var status)
                ? (HttpStatusCode)status
                : HttpStatusCode.InternalServerError);
        }

        var changedTo = json.Member("metadata"u8).Text("resourceVersion"u8)
            ?? throw new JsonException("a watch event has no resourceVersion");
        if (type is "ADDED" or "MODIFIED" && Parse(json) is { } changed)
        {
            Update(changed);
        }
        else if (type == "DELETED" && Parse(json) is { } deleted)
        {
            Delete(deleted);
        }

        return changedTo;
    }
}
