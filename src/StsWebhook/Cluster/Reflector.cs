using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Json;
using StsWebhook.Telemetry;

namespace StsWebhook.Cluster;

/// <summary>
/// Follows the objects of one kind: lists them in pages, then watches from where the list ended
/// (kubernetes.io/docs/reference/using-api/api-concepts). A watch that breaks is resumed; one whose place is too old
/// (410 Gone) begins with a list again.
/// </summary>
/// <param name="api">The server.</param>
/// <param name="metrics">Counts watches that break.</param>
/// <param name="time">The clock.</param>
/// <param name="log">The log.</param>
/// <param name="resource">What the kind is called in logs and metrics.</param>
/// <param name="path">The path of the kind without a leading slash, with a query that picks some objects, or without.</param>
internal abstract class Reflector(
    KubernetesApiClient api, ServerMetrics metrics, TimeProvider time, ILogger log, string resource, string path) : BackgroundService
{
    private const int PageSize = 500;

    /// <summary>How long the server keeps a watch open; it ends in order, and is resumed.</summary>
    private const int WatchSeconds = 300;

    private static readonly TimeSpan ListLimit = TimeSpan.FromSeconds(30);

    /// <summary>A connection that died without a word would otherwise be listened to for ever.</summary>
    private static readonly TimeSpan WatchLimit = TimeSpan.FromSeconds(WatchSeconds + 30);

    /// <summary>A watch that ends sooner, and without an event, is none: to begin the next at once would be a storm.</summary>
    private static readonly TimeSpan ShortWatch = TimeSpan.FromSeconds(1);

    private readonly string query = path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?');
    private readonly Backoff backoff = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));

    /// <summary>Where to watch on from; null where only a list can tell. Kept at each event, since any read may be the last.</summary>
    private string? version;

    private bool hasToldOfFault;
    private bool hasToldOfPermission;

    /// <summary>A list begins: what <see cref="Take"/> gets from now on takes the place of everything before.</summary>
    protected virtual void BeginList()
    {
    }

    /// <summary>Takes an object of the list.</summary>
    protected virtual void Take(JsonElement json)
    {
    }

    /// <summary>The list is complete.</summary>
    protected abstract void EndList();

    /// <summary>An object was added or changed.</summary>
    protected abstract void Changed(JsonElement json);

    /// <summary>An object is gone.</summary>
    protected abstract void Deleted(JsonElement json);

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.WatchBegins(resource);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (version is null)
                {
                    await ListAsync(stoppingToken).ConfigureAwait(false);
                }

                if (!await WatchAsync(stoppingToken).ConfigureAwait(false))
                {
                    await PauseAsync(stoppingToken).ConfigureAwait(false);
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, also in a plug-in that signs requests: what is known goes on answering.
                metrics.WatchRestarted(resource);
                if (e is ApiException { Status: not HttpStatusCode.TooManyRequests })
                {
                    // As every client of the API: a server that refuses the place once may refuse it for ever, as one
                    // that was restored from a backup does.
                    version = null;
                }

                ReportFault(e);
                await PauseAsync(stoppingToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ListAsync(CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(ListLimit);
        BeginList();
        var next = string.Empty;
        string listVersion;
        do
        {
            using var page = await api.GetAsync(
                $"{query}limit={PageSize}{(next.Length > 0 ? "&continue=" + Uri.EscapeDataString(next) : string.Empty)}",
                limit.Token).ConfigureAwait(false);
            foreach (var item in page.RootElement.Member("items"u8).Items())
            {
                Take(item);
            }

            listVersion = VersionOf(page.RootElement);
            next = page.RootElement.Member("metadata"u8).Text("continue"u8) ?? string.Empty;
        }
        while (next.Length > 0);

        EndList();
        version = listVersion;
    }

    /// <summary>Follows the changes until the server ends the watch; tells whether it brought anything, or lasted.</summary>
    private async Task<bool> WatchAsync(CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(WatchLimit);
        using var events = await api.WatchAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{query}watch=true&allowWatchBookmarks=true&timeoutSeconds={WatchSeconds}&resourceVersion={Uri.EscapeDataString(version!)}"),
            limit.Token).ConfigureAwait(false);
        var opened = time.GetTimestamp();
        var isSound = false;
        try
        {
            while (await events.ReadLineAsync(limit.Token).ConfigureAwait(false) is { } line)
            {
                using var change = JsonDocument.Parse(line);
                version = Apply(change.RootElement.Text("type"u8), change.RootElement.Member("object"u8));
                isSound = true;
            }
        }
        finally
        {
            if (isSound || time.GetElapsedTime(opened) >= ShortWatch)
            {
                isSound = true;
                Recovered();
            }
        }

        return isSound;
    }

    /// <summary>Applies one event and returns its version.</summary>
    /// <exception cref="ApiException">The server ended the watch with an error, as 410 for a place that is too old.</exception>
    private string Apply(string? type, JsonElement json)
    {
        if (type == "ERROR")
        {
            throw new ApiException(json.Member("code"u8) is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var status)
                ? (HttpStatusCode)status
                : HttpStatusCode.InternalServerError);
        }

        if (type is "ADDED" or "MODIFIED")
        {
            Changed(json);
        }
        else if (type == "DELETED")
        {
            Deleted(json);
        }

        return VersionOf(json);
    }

    private static string VersionOf(JsonElement json) =>
        json.Member("metadata"u8).Text("resourceVersion"u8) ?? throw new JsonException("metadata.resourceVersion is missing");

    private Task PauseAsync(CancellationToken stoppingToken) =>
        Task.Delay(backoff.Next(), time, stoppingToken);

    private void Recovered()
    {
        backoff.Reset();
        hasToldOfFault = false;
        hasToldOfPermission = false;
    }

    /// <summary>Once for each time that the watch breaks, not once for each try to get it back.</summary>
    private void ReportFault(Exception fault)
    {
        switch (fault)
        {
            case ApiException { Status: HttpStatusCode.Gone }:
                break;
            case ApiException { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } when !hasToldOfPermission:
                hasToldOfPermission = true;
                log.NotPermitted(resource, $"list and watch {resource}", fault.Message);
                break;
            case ApiException { Status: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized }:
                break;
            case var _ when !hasToldOfFault:
                hasToldOfFault = true;
                log.WatchBroken(resource, fault is OperationCanceledException ? "no answer in time" : fault.Message);
                break;
        }
    }
}
