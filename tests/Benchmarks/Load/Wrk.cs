using System.Diagnostics;
using System.Globalization;

namespace StsWebhook.Benchmarks.Load;

/// <summary>Runs wrk (a Debian package): each connection posts over TLS, one request after the other.</summary>
internal sealed class Wrk : IDisposable
{
    private readonly string body = Path.GetTempFileName();
    private readonly string script = Path.GetTempFileName();

    /// <summary>Prepares to post the recorded review of the ledger pod.</summary>
    public Wrk()
    {
        File.WriteAllBytes(body, Recordings.Bytes(Recordings.Ledger));
        File.WriteAllText(script, $"""
            local file = io.open("{body}", "rb")
            wrk.method, wrk.body = "POST", file:read("*a")
            wrk.headers["Content-Type"] = "application/json"
            file:close()
            """);
    }

    /// <summary>Runs wrk for some seconds and returns what it measured.</summary>
    public async Task<Throughput> RunAsync(int port, string path, int connections, int seconds)
    {
        var start = new ProcessStartInfo(
            "wrk",
            [
                "--threads", "1", "--connections", Text(connections), "--duration", $"{Text(seconds)}s", "--latency", "--script", script,
                $"https://127.0.0.1:{Text(port)}{path}",
            ])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 || output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("wrk reported errors:\n" + output);
        }

        return new Throughput(
            double.Parse(Field(output, "Requests/sec:"), CultureInfo.InvariantCulture),
            Milliseconds(Field(output, "50%")),
            Milliseconds(Field(output, "99%")),
            int.Parse(Field(output, string.Empty, " requests in "), CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(script);
        File.Delete(body);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The text between two words of a line.</summary>
    private static string Field(string output, string before, string after = "")
    {
        var line = output.Split('\n', StringSplitOptions.TrimEntries)
            .First(line => line.StartsWith(before, StringComparison.Ordinal) && line.Contains(after, StringComparison.Ordinal));
        var end = after.Length == 0 ? line.Length : line.IndexOf(after, StringComparison.Ordinal);
        return line[before.Length..end].Trim();
    }

    /// <summary>Parses a time of wrk's output: <c>98.00us</c>, <c>1.23ms</c>, <c>1.00s</c>.</summary>
    private static double Milliseconds(string text)
    {
        var unit = text.TrimStart("0123456789.".ToCharArray());
        var number = double.Parse(text[..^unit.Length], CultureInfo.InvariantCulture);
        return unit switch { "us" => number / 1000, "ms" => number, _ => number * 1000 };
    }
}
