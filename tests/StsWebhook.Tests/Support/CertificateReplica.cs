using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.Tls;
using StsWebhook.Cluster;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Tests.Support;

/// <summary>The certificate reconciler of one replica, with its own API server for the shared cluster.</summary>
internal sealed class CertificateReplica : IAsyncDisposable
{
    private readonly KubernetesApiClient api;
    private readonly CertificateReconciler reconciler;
    private readonly DrainSignal drain = new();
    private readonly LineLog log = new();

    private CertificateReplica(StubApiServer server, TimeProvider time, double jitter, string[] extraNames)
    {
        Server = server;
        api = KubernetesApiClient.Connect(new StartupSettings { Cluster = ClusterMode.Kubeconfig, Kubeconfig = server.Kubeconfig }, time)!;
        Serving = new ServingCertificate(new ServerMetrics(byNamespace: false), clients: null);
        reconciler = new CertificateReconciler(
            new CertificateSecret(api, CertificateCluster.Namespace, CertificateCluster.Secret),
            new WebhookConfigurations(api, CertificateCluster.Configuration, log.For<WebhookConfigurations>()),
            Serving,
            api.Clock,
            new ReconcileTrigger(time),
            [CertificateCluster.ServiceHost, .. extraNames],
            jitter,
            time,
            drain,
            log.For<CertificateReconciler>());
    }

    public StubApiServer Server { get; }

    public ServingCertificate Serving { get; }

    /// <summary>The log of the replica.</summary>
    public IReadOnlyCollection<string> Log => log.Lines;

    /// <summary>Starts a replica.</summary>
    /// <param name="objects">The cluster.</param>
    /// <param name="clock">The API server's clock.</param>
    /// <param name="own">The replica's clock, if it differs.</param>
    /// <param name="jitter">From 0 to 1.</param>
    /// <param name="extraNames">Names in addition to the Service's name.</param>
    public static async Task<CertificateReplica> StartAsync(
        StubObjects objects, TimeProvider clock, TimeProvider? own = null, double jitter = 0, params string[] extraNames)
    {
        var server = await StubApiServer.StartAsync(objects: objects);
        server.Clock = clock;
        return new CertificateReplica(server, own ?? clock, jitter, extraNames);
    }

    public Task<ReconcileResult> ReconcileAsync() => reconciler.ReconcileAsync(CancellationToken.None);

    /// <summary>Reconciles until nothing is left to do.</summary>
    public async Task SettleAsync()
    {
        for (var i = 0; i < 20; i++)
        {
            if (await ReconcileAsync() == ReconcileResult.Unchanged)
            {
                return;
            }
        }

        throw new InvalidOperationException("not settled after twenty reconciliations:\n" + string.Join('\n', log.Lines));
    }

    public async ValueTask DisposeAsync()
    {
        reconciler.Dispose();
        drain.Dispose();
        api.Dispose();
        await Server.DisposeAsync();
    }
}
