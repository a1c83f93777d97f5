using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace StsWebhook.Benchmarks.Load;

/// <summary>A native server in its own process, on free ports.</summary>
internal sealed class NativeServer : IDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo folder;

    private NativeServer(Process process, DirectoryInfo folder, TimeSpan untilReady, int httpsPort)
    {
        this.process = process;
        this.folder = folder;
        UntilReady = untilReady;
        HttpsPort = httpsPort;
    }

    /// <summary>Time from the start of the process until it was ready.</summary>
    public TimeSpan UntilReady { get; }

    /// <summary>The port for reviews.</summary>
    public int HttpsPort { get; }

    /// <summary>Resident memory, in MiB (proc(5), VmRSS).</summary>
    public double Resident => File.ReadLines($"/proc/{process.Id}/status")
        .Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024)
        .Single();

    /// <summary>Starts a program with settings from the environment, and polls it until it is ready.</summary>
    public static async Task<NativeServer> StartAsync(string program, params string[] arguments)
    {
        var certificates = Directory.CreateTempSubdirectory("sts-webhook-load-");
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            Environment =
            {
                // The same value as in the image.
                ["MALLOC_ARENA_MAX"] = "2",
                ["STS_WEBHOOK__HTTPS_PORT"] = "0",
                ["STS_WEBHOOK__MANAGEMENT_PORT"] = "0",
                ["STS_WEBHOOK__TLS"] = "ephemeral",
                ["STS_WEBHOOK__TLS_DIR"] = certificates.FullName,
                ["STS_WEBHOOK__CLUSTER"] = "none",
                ["STS_WEBHOOK__NODES"] = Recordings.Nodes,
            },
        };
        using var client = new HttpClient();
        var begun = Stopwatch.GetTimestamp();
        var started = Process.Start(start)!;
        while (await started.StandardOutput.ReadLineAsync() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("State") is var state && state.TryGetProperty(nameof(HttpsPort), out var port))
            {
                using var ready = await client.GetAsync(new Uri(string.Create(
                    CultureInfo.InvariantCulture, $"http://127.0.0.1:{state.GetProperty("ManagementPort").GetInt32()}/readyz")));
                ready.EnsureSuccessStatusCode();
                var untilReady = Stopwatch.GetElapsedTime(begun);
                _ = started.StandardOutput.ReadToEndAsync();
                return new NativeServer(started, certificates, untilReady, port.GetInt32());
            }
        }

        throw new InvalidOperationException($"{program} ended before it was ready");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
