using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Cluster;

/// <summary>
/// Reads whole lists of the API in pages. A page that does not come, or not to its end, is asked for again; a list
/// whose next page the server no longer has (410 Gone) begins anew.
/// </summary>
internal sealed class PagedListClient(KubernetesApiClient api, Retries retries)
{
    /// <summary>As kubectl asks for them.</summary>
    private const int PageSize = 500;

    /// <summary>The server keeps a place for some minutes: a list that outlives it again and again has no end.</summary>
    private const int MaxRestarts = 5;

    /// <summary>Reads a list; throws as <see cref="Retries"/> does.</summary>
    /// <param name="path">The path of its kind without a leading slash.</param>
    /// <param name="read">Makes something of an object, whose document is gone when it returns; null for nothing.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async IAsyncEnumerable<ListPage<T>> ReadAsync<T>(
        string path, Func<JsonElement, T?> read, [EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        var place = string.Empty;
        var restarts = 0;
        while (true)
        {
            ListPage<T> page;
            try
            {
                (page, place) = await retries.RunAsync(limit => ReadPageAsync(path, place, read, limit), cancellation).ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.Gone && place.Length > 0 && restarts++ < MaxRestarts)
            {
                place = string.Empty;
                continue;
            }

            yield return page;

            // The runtime would let the garbage of many pages grow to several times the processor's cache.
            GC.Collect(generation: 0);
            if (place.Length == 0)
            {
                yield break;
            }
        }
    }

    private async Task<(ListPage<T> Page, string Continue)> ReadPageAsync<T>(
        string path, string place, Func<JsonElement, T?> read, CancellationToken cancellation)
        where T : class
    {
        var items = new List<T>(PageSize);
        var size = 0;
        var stream = await api.OpenAsync(
            $"{path}?limit={PageSize}{(place.Length > 0 ? "&continue=" + Uri.EscapeDataString(place) : string.Empty)}", cancellation)
            .ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var (next, remaining) = await ListStreamParser.ReadAsync(stream, Take, cancellation).ConfigureAwait(false);
            var isLast = next.Length == 0;
            return (new ListPage<T>(items, size, isLast ? 0 : remaining) { IsFirst = place.Length == 0, IsLast = isLast }, next);
        }

        void Take(ReadOnlyMemory<byte> json)
        {
            if (!JsonInput.TryParse(json, out var document, out var error))
            {
                throw new JsonException(error);
            }

            size++;
            using (document)
            {
                if (read(document.RootElement) is { } item)
                {
                    items.Add(item);
                }
            }
        }
    }
}
