using System.Collections.Concurrent;
using System.Diagnostics;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>A server process of the control plane, and its last lines of output.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const int LinesKept = 40;

    private readonly ConcurrentQueue<string> lines = new();
    private readonly Process process;

    public ServerProcess(string binary, params string[] arguments)
    {
        process = new Process
        {
            StartInfo = new ProcessStartInfo(Assets.PathOf(binary), arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Throws with the last lines of output if the process has exited.</summary>
    public void ThrowIfExited()
    {
        if (process.HasExited)
        {
            throw new InvalidOperationException($"{process.StartInfo.FileName} ended:\n{string.Join('\n', lines)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lines.Enqueue(line);
        while (lines.Count > LinesKept)
        {
            lines.TryDequeue(out _);
        }
    }
}
