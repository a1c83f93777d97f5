using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Tests.Support;

/// <summary>
/// The native binary with a certificate that is not ephemeral: clients determine themselves which CA to trust.
/// </summary>
internal sealed class BareWebhook : IAsyncDisposable
{
    private readonly HttpClient http = new();
    private readonly NativePorts ports;

    private BareWebhook(NativeProcess process, NativePorts ports)
    {
        Process = process;
        this.ports = ports;
    }

    public NativeProcess Process { get; }

    public int HttpsPort => ports.Https;

    public int ManagementPort => ports.Management;

    /// <summary>Starts the binary without waiting until it is ready.</summary>
    public static async Task<BareWebhook> StartAsync(string[] arguments, params (string Name, string Value)[] environment)
    {
        var process = NativeProcess.Start(
            ["serve", "--https-port", "0", "--management-port", "0", .. arguments],
            [("AWS_EC2_METADATA_DISABLED", "true"), .. environment]);
        try
        {
            return new BareWebhook(process, await NativePorts.OfAsync(process));
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public Task ReadyAsync() => Eventually.HoldsAsync("readiness", async () => (await GetAsync("/readyz")).Status == HttpStatusCode.OK);

    public async Task<(HttpStatusCode Status, string Text)> GetAsync(string path)
    {
        using var response = await http.GetAsync($"http://127.0.0.1:{ports.Management}{path}");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task<MetricsPage> MetricsAsync() => MetricsPage.Parse((await GetAsync("/metrics")).Text);

    /// <summary>Connects with this trust policy.</summary>
    public Task<RawConnection> ConnectAsync(string host, X509ChainPolicy policy) => RawConnection.OpenAsync(ports.Https, host, policy);

    /// <summary>Waits until the binary has logged a matching line.</summary>
    public Task LoggedAsync(int eventId, string part) => Eventually.HoldsAsync($"line {eventId} with: {part}", () => Process.Output
        .Any(line => line.Contains($"\"EventId\":{eventId},", StringComparison.Ordinal) && line.Contains(part, StringComparison.Ordinal)));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Process.DisposeAsync();
    }
}
