using System.Net;
using StsWebhook.Tests.Support;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>The native binary, running as a webhook of the cluster.</summary>
internal sealed class WebhookProcess : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HttpClient http = new();
    private readonly NativeProcess process;
    private int managementPort;

    private WebhookProcess(string kubeconfig, (string Name, string Value)[] environment) => process = NativeProcess.Start(
        [
            "serve", "--https-port", "0", "--management-port", "0", "--tls", "ephemeral", "--tls-dir", folder.Path,
            "--cluster", "kubeconfig", "--kubeconfig", kubeconfig,
        ],
        [("AWS_EC2_METADATA_DISABLED", "true"), .. environment]);

    public int HttpsPort { get; private set; }

    public string CertificatePath => folder["tls.crt"];

    /// <summary>Starts the binary and waits until it is ready.</summary>
    public static async Task<WebhookProcess> StartAsync(string kubeconfig, params (string Name, string Value)[] environment)
    {
        var webhook = new WebhookProcess(kubeconfig, environment);
        try
        {
            await webhook.BeReadyAsync();
            return webhook;
        }
        catch
        {
            await webhook.DisposeAsync();
            throw;
        }
    }

    public Task<string> MetricsAsync() => http.GetStringAsync(Management("/metrics"));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await process.DisposeAsync();
        folder.Dispose();
    }

    private async Task BeReadyAsync()
    {
        (HttpsPort, managementPort) = await NativePorts.OfAsync(process);
        await Eventually.HoldsAsync("readiness", async () =>
        {
            using var response = await http.GetAsync(Management("/readyz"));
            return response.StatusCode == HttpStatusCode.OK;
        });
    }

    private Uri Management(string path) => new($"http://127.0.0.1:{managementPort}{path}");
}
