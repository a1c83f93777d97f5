using System.Net;
using System.Text.Json;
using k8s.Exceptions;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;
using StsWebhook.Output;
using StsWebhook.Settings;

namespace StsWebhook.Audit;

/// <summary>
/// Goes through a cluster, or some of its namespaces, and only reads. What it may not read, or cannot, is noted, and
/// the rest goes on; a server that is gone, or that does not know who asks, ends it with what was seen up to then.
/// </summary>
/// <param name="api">The cluster.</param>
/// <param name="settings">What the webhook would go by.</param>
/// <param name="nodes">The nodes to go by instead of the cluster's, or null.</param>
/// <param name="progress">Shows how far it is.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterAudit(
    KubernetesApiClient api, ServerSettings settings, NodeTable? nodes, ProgressLine progress, TimeProvider time)
{
    private readonly Retries retries = new(time);
    private readonly Dictionary<string, AuditedNamespace> namespaces = new(StringComparer.Ordinal);
    private readonly ClusterConfigMaps configMaps = new();
    private readonly AuditAccumulator seen = new();
    private readonly List<ReadFailure> unread = [];

    /// <summary>Audits.</summary>
    /// <param name="only">The namespaces to look at; none for all.</param>
    /// <param name="cancellation">Ends the audit with what was seen up to then.</param>
    public async Task<AuditReport> RunAsync(IReadOnlyCollection<string> only, CancellationToken cancellation)
    {
        try
        {
            await (only.Count > 0 ? ReadNamespacesAsync(only, cancellation) : ReadNamespacesAsync(cancellation)).ConfigureAwait(false);
            var auditor = new ObjectAuditor(
                settings.Reloadable.Review,
                nodes ?? await ReadNodesAsync(cancellation).ConfigureAwait(false),
                settings.Startup.ReadConfigMaps ? configMaps : null,
                name => Known(name).Enforcement);
            foreach (var resource in AuditedResource.All)
            {
                if (only.Count > 0 || !await MayAuditAsync(resource, @namespace: null, auditor, cancellation).ConfigureAwait(false))
                {
                    await AuditByNamespaceAsync(resource, auditor, cancellation).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The report says so.
        }
        catch (Exception e) when (e is ApiException or HttpRequestException or IOException or TimeoutException or JsonException or KubeConfigException)
        {
            unread.Add(new ReadFailure("the rest", Namespace: null, (e is HttpRequestException ? e.GetBaseException() : e).Message));
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
                    limit => api.GetAsync($"api/v1/namespaces/{Uri.EscapeDataString(name)}", limit), cancellation).ConfigureAwait(false);
                namespaces[name] = AuditedNamespace.Read(json.RootElement, settings.Reloadable.Review.Policy.Enforce);
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
            {
                unread.Add(new ReadFailure("namespaces", name, "there is no such namespace"));
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.Forbidden)
            {
                unread.Add(Forbidden("namespaces", name, verb: "get"));
                namespaces[name] = Known(name);
            }
        }
    }

    /// <summary>Without the nodes a region that the settings name goes for all pods.</summary>
    private async Task<NodeTable> ReadNodesAsync(CancellationToken cancellation)
    {
        var reader = new NodeParser();
        var found = new List<Node>();
        if (!await TryListAsync("nodes", @namespace: null, "api/v1/nodes", reader.Parse, page => found.AddRange(page.Items), cancellation).ConfigureAwait(false)
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

    /// <summary>Audits the objects of one sort; false where that is forbidden.</summary>
    private async Task<bool> MayAuditAsync(
        AuditedResource resource, string? @namespace, ObjectAuditor auditor, CancellationToken cancellation)
    {
        var tally = new AuditAccumulator();
        try
        {
            return await TryListAsync(resource.Name, @namespace, resource.PathIn(@namespace), json => auditor.Audit(resource, json), Take, cancellation)
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

    /// <summary>Reads a list, and notes what goes wrong; false where it is forbidden from the beginning.</summary>
    private async Task<bool> TryListAsync<T>(
        string resource, string? @namespace, string path, Func<JsonElement, T?> read, Action<ListPage<T>> take, CancellationToken cancellation)
        where T : class
    {
        var count = 0;
        try
        {
            await foreach (var page in new PagedListClient(api, retries).ReadAsync(path, read, cancellation).ConfigureAwait(false))
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
            unread.Add(new ReadFailure(resource, @namespace, e is JsonException ? "what the API server sends is no list" : e.Message));
        }

        return true;
    }

    private static ReadFailure Forbidden(string resource, string? @namespace, string verb = "list") =>
        new(resource, @namespace, $"forbidden: it takes the right to {verb} {resource}");

    /// <summary>One that came to be after the list, or whose labels are not for this user, goes by the settings.</summary>
    private AuditedNamespace Known(string name) =>
        namespaces.GetValueOrDefault(name) ?? new AuditedNamespace(name, IsOptedIn: null, settings.Reloadable.Review.Policy.Enforce);

    private AuditReport Report(bool isInterrupted) => new(
        [.. namespaces.Keys.Union(seen.Namespaces.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(name => (Known(name), seen.Namespaces.GetValueOrDefault(name, NamespaceCounts.None)))],
        [.. seen.Findings
            .OrderByDescending(f => f.Finding.Level)
            .ThenByDescending(f => f.Pods)
            .ThenBy(f => f.Title, StringComparer.Ordinal)
            .ThenBy(f => f.Finding.Text, StringComparer.Ordinal)],
        [.. unread, .. seen.Unread],
        isInterrupted);
}
