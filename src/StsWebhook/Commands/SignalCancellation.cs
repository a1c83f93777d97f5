using System.Runtime.InteropServices;
using StsWebhook.Output;

namespace StsWebhook.Commands;

/// <summary>
/// Cancels a command on SIGINT (Ctrl+C) or SIGTERM, so that it can still print its report. A second signal ends the
/// process immediately.
/// </summary>
internal sealed class SignalCancellation : IDisposable
{
    /// <summary>Shells report a process that a signal ended with this plus the number of the signal.</summary>
    private const int FirstSignalExitCode = 128;

    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration interrupt;
    private readonly PosixSignalRegistration terminate;
    private volatile int signal;

    /// <summary>Registers the signal handlers until <see cref="Dispose"/>.</summary>
    public SignalCancellation()
    {
        interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, number: 2));
        terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, number: 15));
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>The exit code for the received signal; null if none was received.</summary>
    public ExitCode? ExitCode => signal == 0 ? null : (ExitCode)(FirstSignalExitCode + signal);

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
