using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Cluster;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>
/// Drains before the program stops. The kubelet sends SIGTERM while the pod is being removed from its Service; nodes and
/// API servers learn of the removal later and continue to connect. On SIGTERM the program therefore reports that it is
/// not ready, continues to serve for <c>shutdownDelay</c>, and then stops. It writes nothing to the cluster meanwhile. While it
/// drains, each response closes its connection, so that clients reconnect to another replica. SIGINT, Ctrl+C at a terminal,
/// stops the program without the
/// delay, and a second signal ends the process at once.
/// </summary>
internal sealed class GracefulShutdown(
    StartupSettings settings,
    IHostApplicationLifetime lifetime,
    DrainSignal drain,
    TimeProvider time,
    ILogger<GracefulShutdown> log)
    : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];
    private int hasSignal;

    /// <summary>Whether the program drains or stops. Safe for use by several threads.</summary>
    public bool IsDraining => Volatile.Read(ref hasSignal) != 0 || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Closes the connection after this response while the program drains.</summary>
    public void CloseConnectionIfDraining(HttpResponse response)
    {
        if (IsDraining)
        {
            response.Headers.Connection = "close";
        }
    }

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Drain(signal, settings.ShutdownDelay)));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Drain(signal, TimeSpan.Zero)));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => Drain(signal, TimeSpan.Zero)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    private void Drain(PosixSignalContext signal, TimeSpan delay)
    {
        if (Interlocked.Exchange(ref hasSignal, 1) != 0)
        {
            // The default action of the system for a second signal ends the process.
            return;
        }

        signal.Cancel = true;
        drain.Send();
        if (delay == TimeSpan.Zero)
        {
            lifetime.StopApplication();
            return;
        }

        log.Draining(delay.TotalSeconds);
        _ = StopAfterAsync(delay);
    }

    private async Task StopAfterAsync(TimeSpan delay)
    {
        await Task.Delay(delay, time, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }
}
