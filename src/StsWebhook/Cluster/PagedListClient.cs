using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Cluster;

/// <summary>
/// Reads whole lists of the API in pages. A list whose next page the server no longer has (410 Gone) restarts from the
/// first page. Safe for use by several threads.
/// </summary>
/// <param name="api">The API server.</param>
/// <param name="retries">Repeats the request of a page that fails; null to request each page once.</param>
internal sealed class PagedListClient(KubernetesApiClient api, Retries? retries)
{
    /// <summary>The page size of kubectl and client-go.</summary>
    private const int PageSize = 500;

    /// <summary>The server keeps a continue token for some minutes: a list that is always slower than that never ends.</summary>
    private const int MaxRestarts = 5;

    /// <summary>Reads a list. Throws the exceptions that <see cref="Retries.RunAsync"/> lists.</summary>
    /// <param name="path">The path of the list without a leading slash; it may have a query.</param>
    /// <param name="read">Reads an object, whose document is disposed of afterwards; null skips the object.</param>
    /// <param name="cancellation">Cancels the list.</param>
    public async IAsyncEnumerable<ListPage<T>> ReadAsync<T>(
        string path, Func<JsonElement, T?> read, [EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        var token = string.Empty;
        var restarts = 0;
        while (true)
        {
            ListPage<T> page;
            try
            {
                (page, token) = retries is null
                    ? await ReadPageAsync(path, token, read, cancellation).ConfigureAwait(false)
                    : await retries.RunAsync(attempt => ReadPageAsync(path, token, read, attempt), cancellation)
                        .ConfigureAwait(false);
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.Gone && token.Length > 0 && restarts++ < MaxRestarts)
            {
                token = string.Empty;
                continue;
            }

            yield return page;

            // Without this, the garbage of many pages would grow to several times the size of the processor's cache.
            GC.Collect(generation: 0);
            if (token.Length == 0)
            {
                yield break;
            }
        }
    }

    /// <summary>Appends query parameters to a path that may already have a query.</summary>
    public static string WithQuery(string path, string query) =>
        path + (path.Contains('?', StringComparison.Ordinal) ? '&' : '?') + query;

    private async Task<(ListPage<T> Page, string Continue)> ReadPageAsync<T>(
        string path, string token, Func<JsonElement, T?> read, CancellationToken cancellation)
        where T : class
    {
        var items = new List<T>();
        var size = 0;
        var query = $"limit={PageSize}{(token.Length > 0 ? "&continue=" + Uri.EscapeDataString(token) : string.Empty)}";
        var stream = await api.OpenAsync(WithQuery(path, query), cancellation).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var metadata = await ListStreamParser.ReadAsync(stream, Add, cancellation).ConfigureAwait(false);
            var isLast = metadata.Continue.Length == 0;
            var page = new ListPage<T>(items, size, isLast ? 0 : metadata.Remaining)
            {
                IsFirst = token.Length == 0,
                IsLast = isLast,
                ResourceVersion = metadata.ResourceVersion,
            };
            return (page, metadata.Continue);
        }

        void Add(ReadOnlyMemory<byte> json)
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
