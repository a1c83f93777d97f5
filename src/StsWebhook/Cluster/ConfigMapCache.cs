using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Telemetry;
using StsWebhook.Text;

namespace StsWebhook.Cluster;

/// <summary>
/// Reads ConfigMaps that variables come from. An answer is reused for some seconds, because the pods of one workload are
/// created together; concurrent reviews share one request per ConfigMap. A ConfigMap that does not arrive within the budget
/// counts as unknown for this review and is cached for the next one.
/// </summary>
internal sealed class ConfigMapCache(KubernetesApiClient api, TimeProvider time, ILogger<ConfigMapCache> log) : IDisposable
{
    /// <summary>The longest that a review waits.</summary>
    private static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(5);

    /// <summary>A ConfigMap that is marked immutable can only be deleted and created again.</summary>
    private static readonly TimeSpan ImmutableLife = TimeSpan.FromMinutes(10);

    private const int MaxEntries = 256;

    /// <summary>Limit for the values in the cache, in characters: each ConfigMap may have a million.</summary>
    private const long MaxCachedLength = 4 * 1024 * 1024;

    /// <summary>More than any pod reads. The rest counts as unknown.</summary>
    private const int MaxReferences = 64;

    /// <summary>Requests at once: while one is read, it may take some times the 1 MiB that a ConfigMap may hold.</summary>
    private const int MaxRequests = 8;

    private readonly SemaphoreSlim requests = new(MaxRequests);
    private readonly ConcurrentDictionary<ConfigMapReference, Entry> entries = new();

    /// <summary>Never recovers, since a permission may be missing in some namespaces only: it is reported once.</summary>
    private readonly FaultReporter faults = new(reason => log.PermissionMissing("configmaps", "get configmaps", reason));

    /// <summary>Reads ConfigMaps, all at once.</summary>
    /// <returns>What is known of them. One that could not be read in time is unknown.</returns>
    public async Task<ConfigMapSet> ReadAsync(IReadOnlyList<ConfigMapReference> references, CancellationToken cancellation)
    {
        using var wait = Tracing.StartCall("configmaps");
        var pending = references.Take(MaxReferences).Select(reference => (reference, Find(reference).Content)).ToArray();
        Task all = Task.WhenAll(pending.Select(p => p.Content));
        await all.WaitAsync(Budget, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();

        var found = new Dictionary<ConfigMapReference, ConfigMapLookup>();
        foreach (var (reference, content) in pending)
        {
            if (content is { IsCompletedSuccessfully: true, Result: { Lookup: { IsUnknown: false } lookup } })
            {
                found[reference] = lookup;
            }
        }

        wait?.SetTag("sts_webhook.configmaps", references.Count).SetTag("sts_webhook.configmaps_read", found.Count);
        return new ConfigMapSet(found);
    }

    /// <inheritdoc/>
    public void Dispose() => requests.Dispose();

    private Entry Find(ConfigMapReference reference)
    {
        if (entries.TryGetValue(reference, out var entry) && !entry.IsStale(time))
        {
            return entry;
        }

        if (entries.Count >= MaxEntries || CachedLength() > MaxCachedLength)
        {
            entries.Clear();
        }

        var fresh = new Entry(() => FetchAsync(reference));
        return entry is null
            ? entries.GetOrAdd(reference, fresh)
            : entries.TryUpdate(reference, fresh, entry) ? fresh : entries.GetOrAdd(reference, fresh);
    }

    /// <summary>The length of all values in the cache, in characters. Summed before each request, which costs far more.</summary>
    private long CachedLength()
    {
        long length = 0;
        foreach (var (_, entry) in entries)
        {
            length += entry.Length;
        }

        return length;
    }

    private async Task<Content> FetchAsync(ConfigMapReference reference)
    {
        using var call = Tracing.StartCall("GET configmap")?
            .SetTag("k8s.namespace.name", reference.Namespace)
            .SetTag("k8s.configmap.name", reference.Name);
        using var limit = new CancellationTokenSource(RequestLimit, time);
        var isItsTurn = false;
        try
        {
            await requests.WaitAsync(limit.Token).ConfigureAwait(false);
            isItsTurn = true;
            using var json = await api.GetAsync(
                $"api/v1/namespaces/{Uri.EscapeDataString(reference.Namespace)}/configmaps/{Uri.EscapeDataString(reference.Name)}",
                limit.Token).ConfigureAwait(false);
            RequireStrings(json.RootElement);
            return Read(json.RootElement);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return new Content(ConfigMapLookup.Absent, time.GetTimestamp(), Life);
        }
        catch (Exception e)
        {
            call?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);

            // Whatever it was: an entry without an answer would never be asked for again.
            faults.ReportEach(e, reason => log.ConfigMapReadFailed(LogText.Name(reference.Namespace), LogText.Name(reference.Name), LogText.Sanitize(reason)));
            return new Content(ConfigMapLookup.Unknown, time.GetTimestamp(), Life);
        }
        finally
        {
            if (isItsTurn)
            {
                requests.Release();
            }
        }
    }

    /// <summary>An answer that is not a ConfigMap counts as unreadable, not as one without values.</summary>
    /// <exception cref="JsonException">A value of <c>data</c> is not a string.</exception>
    private static void RequireStrings(JsonElement json)
    {
        foreach (var entry in json.Member("data"u8).Members())
        {
            if (entry.Value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
            {
                throw new JsonException("a value of the ConfigMap is not a string");
            }
        }
    }

    private Content Read(JsonElement json)
    {
        var isImmutable = json.Member("immutable"u8).ValueKind == JsonValueKind.True;
        return new Content(ConfigMapLookup.Known(ConfigMapData.Parse(json)), time.GetTimestamp(), isImmutable ? ImmutableLife : Life);
    }

    /// <summary>
    /// The result of a request, the timestamp of its arrival and how long it is used from then on. Counted from the start of
    /// the request, the answer of a slow server would never be used. The timestamp is monotonic: setting the clock has no effect.
    /// </summary>
    private sealed record Content(ConfigMapLookup Lookup, long Since, TimeSpan Life);

    /// <summary>A ConfigMap that was asked for. Only the entry that found its place begins its request.</summary>
    private sealed class Entry(Func<Task<Content>> fetch)
    {
        private readonly Lazy<Task<Content>> content = new(fetch);

        public Task<Content> Content => content.Value;

        /// <summary>The length of the values, in characters; 0 while the request is under way.</summary>
        public long Length =>
            content.IsValueCreated && Content is { IsCompletedSuccessfully: true, Result.Lookup.Data: { } data } ? data.Length : 0;

        /// <summary>One that is still under way is never stale: its request has a limit of its own.</summary>
        public bool IsStale(TimeProvider time) =>
            content.IsValueCreated
            && Content is { IsCompletedSuccessfully: true, Result: var came }
            && time.GetElapsedTime(came.Since) >= came.Life;
    }
}
