using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace StsWebhook.Tests.Support;

/// <summary>The native binary as a process, and every line that it writes.</summary>
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

    /// <summary>Starts it with these arguments and, beside what every process needs, with these environment variables only.</summary>
    public static NativeProcess Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment) =>
        Start(limit: null, arguments, environment);

    /// <summary>Starts it within a container's memory limit.</summary>
    public static NativeProcess Start(
        MemoryLimit? limit, IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        // A shell makes what it runs in the background ignore SIGINT, and children inherit that.
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

    /// <summary>Starts it for a task that ends by itself, and waits for that.</summary>
    public static async Task<(int ExitCode, string[] Output, string[] Error)> RunAsync(
        IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        await using var run = Start(arguments, environment);
        return (await run.ExitCodeAsync(), [.. run.Output], [.. run.Error]);
    }

    /// <summary>Lets its output lie, as a container runtime does that hangs: the pipe fills up.</summary>
    public void StopReading() => reading.Reset();

    /// <summary>Asks it to end, as the kubelet does.</summary>
    public Task TerminateAsync() => SignalAsync("TERM");

    /// <summary>Asks it to end, as a terminal does at Ctrl+C.</summary>
    public Task InterruptAsync() => SignalAsync("INT");

    /// <summary>The most memory that it has had resident up to now, in bytes; 0 where it has ended.</summary>
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

    /// <summary>Memory that it has resident now, in bytes.</summary>
    public long Memory()
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    /// <summary>How many files and sockets it has open.</summary>
    public int OpenFiles() =>
        Directory.GetFileSystemEntries($"/proc/{process.Id.ToString(CultureInfo.InvariantCulture)}/fd").Length;

    /// <summary>Ends it as the kernel does: it cannot do anything about it any more.</summary>
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
