using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using StsWebhook.Tests.Support;

namespace StsWebhook.Tests.Observability;

/// <summary>The real Prometheus, on loopback and with a folder of its own.</summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder;
    private readonly Process process;
    private readonly HttpClient http;
    private readonly StringBuilder log = new();

    private PrometheusServer(TemporaryFolder folder, Process process, Uri address)
    {
        this.folder = folder;
        this.process = process;
        http = new HttpClient { BaseAddress = address };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (log)
            {
                log.AppendLine(line.Data);
            }
        };
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it.</summary>
    /// <param name="binary">The program.</param>
    /// <param name="rules">The file of its rules.</param>
    /// <param name="jobs">What to scrape, as <c>scrape_configs</c> has it.</param>
    public static async Task<PrometheusServer> StartAsync(string binary, string rules, string jobs)
    {
        var own = new TemporaryFolder();
        var config = own.Write("prometheus.yaml", $$"""
            global:
              scrape_interval: 1s
              evaluation_interval: 1s
            rule_files: ["{{rules}}"]
            scrape_configs:
            {{jobs}}
            """);
        var address = $"127.0.0.1:{FreePort.Take().ToString(CultureInfo.InvariantCulture)}";
        var started = Process.Start(new ProcessStartInfo(
            binary,
            [
                $"--config.file={config}", $"--storage.tsdb.path={own["data"]}", $"--web.listen-address={address}",
                "--enable-feature=exemplar-storage", "--log.level=warn",
            ])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var server = new PrometheusServer(own, started, new Uri($"http://{address}"));
        await Eventually.HoldsAsync("Prometheus to be ready", server.IsReadyAsync);
        return server;
    }

    /// <summary>The answer of its HTTP API, the member <c>data</c> (prometheus.io/docs/prometheus/latest/querying/api).</summary>
    public async Task<JsonElement> GetAsync(string path, params (string Name, string Value)[] parameters)
    {
        var query = string.Join('&', parameters.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        using var response = await http.GetAsync(new Uri($"api/v1/{path}?{query}", UriKind.Relative));
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return json.RootElement.TryGetProperty("data", out var data)
            ? data.Clone()
            : throw new InvalidOperationException($"{path} {string.Join(' ', parameters)}: {json.RootElement}");
    }

    /// <summary>The values of an expression now.</summary>
    public async Task<IReadOnlyList<Series>> QueryAsync(string expression) =>
        Series.Read(await GetAsync("query", ("query", expression)));

    /// <summary>The values of an expression over time, one each second.</summary>
    public async Task<IReadOnlyList<Series>> QueryRangeAsync(string expression, DateTimeOffset from, DateTimeOffset to, int step) =>
        Series.Read(await GetAsync(
            "query_range",
            ("query", expression), ("start", Text(from)), ("end", Text(to)), ("step", step.ToString(CultureInfo.InvariantCulture))));

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
        folder.Dispose();
    }

    private static string Text(DateTimeOffset time) => (time.ToUnixTimeMilliseconds() / 1000.0).ToString("F3", CultureInfo.InvariantCulture);

    private async Task<bool> IsReadyAsync()
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException("Prometheus ended: " + log);
        }

        try
        {
            using var response = await http.GetAsync(new Uri("-/ready", UriKind.Relative));
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
