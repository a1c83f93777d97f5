using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>
/// How the program ends when it is told to. The kubelet sends SIGTERM at the moment at which the pod begins to leave
/// its Service, and nodes and API servers hear of that later: until then they go on connecting. So it says that it is
/// not ready, serves on for a while, and only then stops. What it answers meanwhile ends the connection, so that
/// clients make their next one elsewhere. Somebody at a terminal (SIGINT) does not wait, and a second signal ends the
/// process at once.
/// </summary>
internal sealed class GracefulShutdown(
    ServerSettings settings, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<GracefulShutdown> log) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> signals = [];
    private int hasBegun;

    /// <summary>Whether the program was told to end.</summary>
    public bool IsUnderWay => Volatile.Read(ref hasBegun) != 0 || lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Lets the client of this answer make its next connection elsewhere, if the program is about to end.</summary>
    public void CloseConnectionIfDraining(HttpResponse response)
    {
        if (IsUnderWay)
        {
            response.Headers.Connection = "close";
        }
    }

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Begin(signal, settings.ShutdownDelay)));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Begin(signal, TimeSpan.Zero)));
        signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGQUIT, signal => Begin(signal, TimeSpan.Zero)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose() => signals.ForEach(signal => signal.Dispose());

    private void Begin(PosixSignalContext signal, TimeSpan delay)
    {
        if (Interlocked.Exchange(ref hasBegun, 1) != 0)
        {
            // The second one is left to the system, which ends the process.
            return;
        }

        signal.Cancel = true;
        if (delay == TimeSpan.Zero)
        {
            lifetime.StopApplication();
            return;
        }

        log.Draining(delay.TotalSeconds);
        _ = StopAsync(delay);
    }

    private async Task StopAsync(TimeSpan delay)
    {
        await Task.Delay(delay, time, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }
}
