using System.Text.Json.Nodes;
using StsWebhook.Audit;
using StsWebhook.Cluster;
using StsWebhook.Output;
using StsWebhook.Settings;

namespace StsWebhook.Tests.Support;

/// <summary>A stub of the API server with objects from manifests, and audits of it.</summary>
internal static class AuditedCluster
{
    public static string Folder { get; } = Golden.SourceFolder("audit");

    /// <summary>The cluster of the fixtures.</summary>
    public static async Task<StubApiServer> StartAsync()
    {
        var server = await StubApiServer.StartAsync();
        Put(server, await File.ReadAllTextAsync(Path.Combine(Folder, "cluster.yaml")));
        return server;
    }

    /// <summary>Adds the objects of manifests to the cluster.</summary>
    public static void Put(StubApiServer server, string yaml)
    {
        var file = ManifestInput.File(yaml);
        foreach (var document in file.Error is null ? file.Documents : throw new ArgumentException(file.Error.ToString(), nameof(yaml)))
        {
            var json = JsonNode.Parse(ManifestInput.Json(document))!.AsObject();
            if ((string?)json["kind"] == "Node")
            {
                server.Cluster.Put(json);
            }
            else
            {
                server.Lists.Put(json);
            }
        }
    }

    /// <summary>Runs the audit in this process.</summary>
    public static async Task<AuditReport> AuditAsync(
        StubApiServer server, ServerSettings? settings = null, string[]? only = null, CancellationToken cancellation = default)
    {
        settings ??= new ServerSettings();
        settings = settings with { Startup = settings.Startup with { Kubeconfig = server.Kubeconfig } };
        using var api = KubernetesApiClient.ConnectAsUser(settings.Startup, context: null, TimeProvider.System);
        var silent = new ProgressLine(Terminal.None, TextWriter.Null, TimeProvider.System);
        return await new ClusterAudit(api, settings, nodes: null, silent, TimeProvider.System).RunAsync(only ?? [], cancellation);
    }
}
