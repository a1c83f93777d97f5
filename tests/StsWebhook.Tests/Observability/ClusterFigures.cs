using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace StsWebhook.Tests.Observability;

/// <summary>
/// What kube-state-metrics and the API server expose about a cluster in which two namespaces opted in and got pods ten
/// minutes ago, and in which calls of the webhook keep failing. Two alerts need them besides our own metrics.
/// </summary>
internal sealed class ClusterFigures : IAsyncDisposable
{
    /// <summary>The namespace whose pods never reach the webhook.</summary>
    public const string Forgotten = "forgotten";

    private readonly WebApplication app;

    private ClusterFigures(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>The metrics of other programs that this page provides.</summary>
    public static IReadOnlyList<string> Metrics { get; } = ["kube_pod_created", "kube_namespace_labels", "apiserver_admission_webhook_fail_open_count"];

    public static async Task<ClusterFigures> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var created = TimeProvider.System.GetUtcNow().AddMinutes(-10).ToUnixTimeSeconds();
        var failures = 0;
        server.MapGet("/metrics", () => Results.Text(string.Create(CultureInfo.InvariantCulture, $$"""
            kube_namespace_labels{namespace="payments",label_sts_webhook_io_inject="enabled"} 1
            kube_namespace_labels{namespace="{{Forgotten}}",label_sts_webhook_io_inject="enabled"} 1
            kube_namespace_labels{namespace="other"} 1
            kube_pod_created{namespace="payments",pod="ledger"} {{created}}
            kube_pod_created{namespace="{{Forgotten}}",pod="old"} {{created}}
            kube_pod_created{namespace="other",pod="else"} {{created}}
            apiserver_admission_webhook_fail_open_count{name="mutate-deny.sts-webhook.io",type="admit"} {{++failures}}

            """)));
        await server.StartAsync();
        return new ClusterFigures(server);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
