using System.Net;
using System.Text.Json;

namespace StsWebhook.Cluster;

/// <summary>Repeats requests to the API server that failed for a reason that may pass.</summary>
/// <param name="time">The clock of timeouts and waits.</param>
internal sealed class Retries(TimeProvider time)
{
    private const int MaxAttempts = 5;

    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Runs a request until it succeeds or cannot. Each attempt starts from the beginning and has a minute.</summary>
    /// <exception cref="ApiException">The server rejects the request.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="IOException">The connection breaks repeatedly.</exception>
    /// <exception cref="JsonException">The answer is not of the requested form.</exception>
    /// <exception cref="TimeoutException">The server does not answer in time.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
        for (var number = 1; ; number++)
        {
            using var timeout = new CancellationTokenSource(AttemptTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
            try
            {
                return await attempt(either.Token).ConfigureAwait(false);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
            catch (Exception e) when (number < MaxAttempts && IsTransient(e))
            {
                await Task.Delay(backoff.Next(), time, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException(FaultReporter.Timeout, e);
            }
        }
    }

    /// <summary>The statuses that client-go retries, and the exceptions of a connection that breaks within an answer.</summary>
    private static bool IsTransient(Exception fault) => fault switch
    {
        ApiException e => e.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => fault is HttpRequestException or IOException or JsonException or OperationCanceledException,
    };
}
