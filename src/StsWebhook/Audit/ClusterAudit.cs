using System.Net;
using System.Text.Json;
using k8s.Exceptions;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Output;
using StsWebhook.Settings;

namespace StsWebhook.Audit;

/// <summary>
/// Audits a cluster or some of its namespaces. Read-only. A resource that is forbidden or fails is noted in the report and
/// the audit continues. If the API server is unreachable or rejects the credentials, the audit ends with a partial report.
/// </summary>
/// <param name="api">The client of the cluster.</param>
/// <param name="settings">The settings of the webhook to simulate.</param>
/// <param name="nodes">The nodes to use instead of the cluster's nodes, or null.</param>
/// <param name="progress">Shows the progress on a terminal.</param>
/// <param name="time">The clock for retries.</param>
internal sealed class ClusterAudit(
    KubernetesApiClient api, ServerSettings settings, NodeTable? nodes, ProgressLine progress, TimeProvider time)
{
    private readonly Retries retries = new(time);
    private readonly Dictionary<string, AuditedNamespace> namespaces = new(StringComparer.Ordinal);
    private readonly ClusterConfigMaps configMaps = new();
    private readonly AuditAccumulator seen = new();
    private readonly List<ReadFailure> unread = [];

    /// <summary>Reads all resources and returns the report.</summary>
    /// <param name="only">The namespaces to audit; empty for all namespaces.</param>
    /// <param name="cancellation">Interrupts the audit; the report then covers the objects read so far.</param>
    public async Task<AuditReport> RunAsync(IReadOnlyCollection<string> only, CancellationToken cancellation)
    {
        try
        {
            await (only.Count > 0 ? ReadNamespacesAsync(only, cancellation) : ReadNamespacesAsync(cancellation))
                .ConfigureAwait(false);
            var auditor = new ObjectAuditor(
                settings.Reloadable.Review,
                nodes ?? await ReadNodesAsync(cancellation).ConfigureAwait(false),
                settings.Startup.ReadConfigMaps ? configMaps : null,
                name => Known(name).Enforcement);
            foreach (var resource in AuditedResource.All)
            {
                if (only.Count > 0
                    || !await MayAuditAsync(resource, @namespace: null, auditor, cancellation).ConfigureAwait(false))
                {
                    await AuditByNamespaceAsync(resource, auditor, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The report states that the audit was interrupted.
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or IOException or TimeoutException or JsonException
            or KubeConfigException)
        {
            unread.Add(new ReadFailure("the rest", Namespace: null,
                (e is HttpRequestException ? e.GetBaseException() : e).Message));
        }

        progress.Clear();
        return Report(cancellation.IsCancellationRequested);
    }

    private async Task ReadNamespacesAsync(CancellationToken cancellation)
    {
        if (!await TryListAsync(
            "namespaces",
            @namespace: null,
            "api/v1/namespaces",
            json => AuditedNamespace.Read(json, settings.Reloadable.Review.Policy.Enforce),
            page =>
            {
                foreach (var found in page.Items)
                {
                    namespaces[found.Name] = found;
                }
            },
            cancellation).ConfigureAwait(false))
        {
            unread.Add(Forbidden("namespaces", @namespace: null));
        }
    }

    private async Task ReadNamespacesAsync(IEnumerable<string> only, CancellationToken cancellation)
    {
        foreach (var name in only)
        {
            try
            {
                using var json = await retries.RunAsync(
                    limit => api.GetAsync($"api/v1/namespaces/{Uri.EscapeDataString(name)}", limit), cancellation)
                        .ConfigureAwait(false);
                namespaces[name] = AuditedNamespace.Read(json.RootElement, settings.Reloadable.Review.Policy.Enforce);
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
            {
                unread.Add(new ReadFailure("namespaces", name, "the namespace does not exist"));
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.Forbidden)
            {
                unread.Add(Forbidden("namespaces", name, verb: "get"));
                namespaces[name] = Known(name);
            }
        }
    }

    /// <summary>Reads the nodes. A missing permission is not a failure if a default region is configured.</summary>
    private async Task<NodeTable> ReadNodesAsync(CancellationToken cancellation)
    {
        var reader = new NodeParser();
        var found = new List<Node>();
        if (!await TryListAsync("nodes", @namespace: null, "api/v1/nodes", reader.Parse, page => found.AddRange(page.Items),
            cancellation).ConfigureAwait(false)
            && settings.Reloadable.Review.DefaultRegion is null)
        {
            unread.Add(Forbidden("nodes", @namespace: null));
        }

        return new NodeTable(found);
    }

    private async Task AuditByNamespaceAsync(AuditedResource resource, ObjectAuditor auditor, CancellationToken cancellation)
    {
        foreach (var name in namespaces.Keys.Order(StringComparer.Ordinal))
        {
            if (!await MayAuditAsync(resource, name, auditor, cancellation).ConfigureAwait(false))
            {
                unread.Add(Forbidden(resource.Name, name));
            }
        }

        if (namespaces.Count == 0)
        {
            unread.Add(Forbidden(resource.Name, @namespace: null));
        }
    }

    /// <summary>Audits all objects of one resource; false if listing it is forbidden.</summary>
    private async Task<bool> MayAuditAsync(
        AuditedResource resource, string? @namespace, ObjectAuditor auditor, CancellationToken cancellation)
    {
        var tally = new AuditAccumulator();
        try
        {
            return await TryListAsync(resource.Name, @namespace, resource.PathIn(@namespace),
                json => auditor.Audit(resource, json), Take, cancellation)
                .ConfigureAwait(false);
        }
        finally
        {
            seen.Add(tally);
        }

        void Take(ListPage<AuditedObject> page)
        {
            tally = page.IsFirst ? new AuditAccumulator() : tally;
            foreach (var item in page.Items)
            {
                tally.Add(resource, item);
            }

            if (page.IsLast && resource == AuditedResource.ConfigMaps)
            {
                configMaps.Complete(@namespace);
            }
        }
    }

    /// <summary>
    /// Lists a resource page by page and notes failures. Returns false only if the first page is forbidden: the caller then
    /// tries each namespace. A 403 on a later page is a failure, because the pages before it are already counted.
    /// </summary>
    private async Task<bool> TryListAsync<T>(
        string resource, string? @namespace, string path, Func<JsonElement, T?> read, Action<ListPage<T>> take,
        CancellationToken cancellation)
        where T : class
    {
        var count = 0;
        try
        {
            await foreach (var page in new PagedListClient(api, retries).ReadAsync(path, read, cancellation)
                .ConfigureAwait(false))
            {
                count = page.Size + (page.IsFirst ? 0 : count);
                progress.Show(@namespace is null ? resource : $"{resource} in {@namespace}", count, count + page.Remaining);
                take(page);
            }
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Forbidden && count == 0)
        {
            return false;
        }
        catch (Exception e) when (e is ApiException { Status: not HttpStatusCode.Unauthorized } or JsonException)
        {
            unread.Add(new ReadFailure(resource, @namespace,
                e is JsonException ? "the API server's response is not a list" : e.Message));
        }

        return true;
    }

    private static ReadFailure Forbidden(string resource, string? @namespace, string verb = "list") =>
        new(resource, @namespace, $"forbidden: grant permission to {verb} {resource}");

    /// <summary>
    /// A namespace that was created after the list, or whose labels are forbidden, has the configured enforcement.
    /// </summary>
    private AuditedNamespace Known(string name) =>
        namespaces.GetValueOrDefault(name)
            ?? new AuditedNamespace(name, IsOptedIn: null, settings.Reloadable.Review.Policy.Enforce);

    private AuditReport Report(bool isInterrupted) => new(
        [.. namespaces.Keys.Union(seen.Namespaces.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => (Known(name), seen.Namespaces.GetValueOrDefault(name, NamespaceCounts.None)))],
        [.. seen.Findings
            .OrderByDescending(f => f.Finding.Level)
            .ThenByDescending(f => f.Pods)
            .ThenBy(f => f.Title, StringComparer.Ordinal)
            .ThenBy(f => f.Finding.Text, StringComparer.Ordinal)],
        [.. unread, .. seen.Unread],
        isInterrupted);
}
