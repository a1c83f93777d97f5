using Microsoft.Extensions.Hosting;

namespace StsWebhook.Cluster;

/// <summary>
/// A background loop that no failure ends. After a failure it waits, longer each time, and runs again; the first failure
/// of a streak is logged.
/// </summary>
internal abstract class SupervisedLoop : BackgroundService
{
    private readonly Backoff backoff = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));
    private readonly FaultReporter faults;
    private readonly CancellationToken end;

    /// <summary>Creates a loop that the host starts.</summary>
    /// <param name="time">The clock of all waits.</param>
    /// <param name="end">Ends the loop before the host stops.</param>
    protected SupervisedLoop(TimeProvider time, CancellationToken end = default)
    {
        Time = time;
        this.end = end;
        faults = new FaultReporter(LogForbidden, LogUnauthorized);
    }

    /// <summary>The clock of all waits.</summary>
    protected TimeProvider Time { get; }

    /// <summary>Runs one iteration.</summary>
    /// <returns>False to wait before the next iteration as after a failure, but without a log line.</returns>
    protected abstract Task<bool> RunOnceAsync(CancellationToken stoppingToken);

    /// <summary>Logs the first failure of a streak.</summary>
    protected abstract void LogFailure(string reason);

    /// <summary>Logs that the API server answered 403, once in a streak.</summary>
    protected abstract void LogForbidden(string reason);

    /// <summary>Logs that the API server answered 401, once in a streak.</summary>
    protected virtual void LogUnauthorized(string reason) => LogForbidden(reason);

    /// <summary>Handles the failure of an iteration.</summary>
    protected virtual void OnFailure(Exception fault) => faults.ReportFirst(fault, LogFailure);

    /// <summary>Ends a streak of failures: the next wait is short again, and the next failure is logged.</summary>
    protected void Recover()
    {
        backoff.Reset();
        faults.Recover();
    }

    /// <inheritdoc/>
    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, end);
        while (!ending.IsCancellationRequested)
        {
            try
            {
                if (await RunOnceAsync(ending.Token).ConfigureAwait(false))
                {
                    continue;
                }
            }
            catch (Exception) when (ending.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Any exception, also from a credential plug-in: the program keeps working with the last known state.
                OnFailure(e);
            }

            await Task.Delay(backoff.Next(), Time, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
