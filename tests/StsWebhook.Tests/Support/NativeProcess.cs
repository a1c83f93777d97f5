using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace StsWebhook.Tests.Support;

/// <summary>A process of the native binary, and its output.</summary>
internal sealed class NativeProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly ConcurrentQueue<string> error = new();
    private readonly ManualResetEventSlim reading = new(initialState: true);

    private NativeProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) =>
        {
            reading.Wait();
            Keep(line.Data, output);
        };
        process.ErrorDataReceived += (_, line) => Keep(line.Data, error);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public IReadOnlyCollection<string> Output => output;

    public IReadOnlyCollection<string> Error => error;

    public bool HasExited => process.HasExited;

    /// <summary>Starts the binary with these arguments and only these environment variables, besides the ones that every process needs.</summary>
    public static NativeProcess Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Start(limit: null, arguments, environment);

    /// <summary>Starts the binary under a memory limit.</summary>
    public static NativeProcess Start(
        MemoryLimit? limit, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        // Background processes of a shell ignore SIGINT, and child processes inherit this.
        var start = new ProcessStartInfo(
            "env", ["--default-signal=INT", .. limit?.Launcher ?? [], PublishedBinary.Path, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Environment.GetEnvironmentVariable("PATH");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new NativeProcess(start);
    }

    /// <summary>Runs the binary until it exits.</summary>
    public static async Task<(int ExitCode, string[] Output, string[] Error)> RunAsync(
        IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        await using var run = Start(arguments, environment);
        return (await run.ExitCodeAsync(), [.. run.Output], [.. run.Error]);
    }

    /// <summary>Stops reading its output, like a hanging container runtime: the pipe fills up.</summary>
    public void StopReading() => reading.Reset();

    /// <summary>Sends SIGTERM, as the kubelet does.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Sends SIGINT, as a terminal does for Ctrl+C.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>The peak of its resident memory, in bytes; 0 if it has exited.</summary>
    public long PeakMemory()
    {
        process.Refresh();
        try
        {
            return process.HasExited ? 0 : process.PeakWorkingSet64;
        }
        catch (InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Its resident memory, in bytes.</summary>
    public long Memory()
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    /// <summary>Number of its open files and sockets.</summary>
    public int OpenFiles() =>
        Directory.GetFileSystemEntries($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/fd").Length;

    /// <summary>Sends SIGKILL.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        reading.Set();
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
        reading.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await kill.WaitForExitAsync();
    }

    private static void Keep(string? line, ConcurrentQueue<string> lines)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }
}
