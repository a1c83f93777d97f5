using System.Runtime.InteropServices;

namespace StsWebhook.Commands;

/// <summary>
/// Lets a command end in order at Ctrl+C, or where it is told to terminate: the first signal cancels, a second one
/// ends the process at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>A shell's exit code for a process that a signal ended is this and the signal's number.</summary>
    private const int SignalExitCode = 128;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private volatile int signal;

    /// <summary>Begins to listen.</summary>
    public Interruption()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, number: 2));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, number: 15));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code that a shell gives for the signal that came; null where none did.</summary>
    public int? ExitCode => signal == 0 ? null : SignalExitCode + signal;

    /// <inheritdoc/>
    public void Dispose()
    {
        interrupt.Dispose();
        terminate.Dispose();
        source.Dispose();
    }

    private void Cancel(PosixSignalContext context, int number)
    {
        if (Interlocked.CompareExchange(ref signal, number, comparand: 0) == 0)
        {
            context.Cancel = true;
            source.Cancel();
        }
    }
}
