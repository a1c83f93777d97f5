using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace StsWebhook.Demo;

/// <summary>The program in its own process, on free ports, and a client that trusts its certificate.</summary>
internal sealed class RunningWebhook : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;
    private readonly HttpClient client;
    private readonly int httpsPort;
    private readonly int managementPort;

    private RunningWebhook(Process process, DirectoryInfo folder, int httpsPort, int managementPort)
    {
        this.process = process;
        this.folder = folder;
        this.httpsPort = httpsPort;
        this.managementPort = managementPort;
        var trusted = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder.FullName, "tls.crt"));
        client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { trusted },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        });
    }

    /// <summary>Starts the program and waits until it logs its ports.</summary>
    public static async Task<RunningWebhook> StartAsync(string binary, string nodes)
    {
        var certificates = Directory.CreateTempSubdirectory("sts-webhook-demo-");
        var started = Process.Start(new ProcessStartInfo(
            binary,
            [
                "serve", "--tls", "ephemeral", "--tls-dir", certificates.FullName, "--cluster", "none", "--nodes", nodes,
                "--https-port", "0", "--management-port", "0",
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            if (JsonDocument.Parse(line).RootElement.GetProperty("State") is var state && state.TryGetProperty("HttpsPort", out var port))
            {
                _ = started.StandardOutput.ReadToEndAsync();
                return new RunningWebhook(started, certificates, port.GetInt32(), state.GetProperty("ManagementPort").GetInt32());
            }
        }

        await started.WaitForExitAsync();
        throw new InvalidOperationException($"sts-webhook exited with code {started.ExitCode}");
    }

    /// <summary>Posts a review and returns the answer.</summary>
    public async Task<string> PostAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(Address("https", httpsPort, path), content);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    /// <summary>Reads the metrics page.</summary>
    public async Task<Scrape> ScrapeAsync() => new(await client.GetStringAsync(Address("http", managementPort, "metrics")));

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Delete(recursive: true);
    }

    private static Uri Address(string scheme, int port, string path) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{scheme}://localhost:{port}/{path}"));
}
