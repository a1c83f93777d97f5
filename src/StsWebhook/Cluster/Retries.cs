using System.Net;
using System.Text.Json;

namespace StsWebhook.Cluster;

/// <summary>Asks the API server again where the next try may go better.</summary>
internal sealed class Retries(TimeProvider time)
{
    private const int MaxTries = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Tries until it goes well, or will not. Each try gets a minute, and begins from nothing.</summary>
    /// <exception cref="ApiException">The server refuses.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    /// <exception cref="IOException">The connection breaks again and again.</exception>
    /// <exception cref="JsonException">What comes is not what was asked for.</exception>
    /// <exception cref="TimeoutException">No answer comes in time.</exception>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
        for (var tries = 1; ; tries++)
        {
            using var limit = new CancellationTokenSource(Limit, time);
            using var any = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            try
            {
                return await attempt(any.Token).ConfigureAwait(false);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellation);
            }
            catch (Exception e) when (tries < MaxTries && IsPassing(e))
            {
                await Task.Delay(backoff.Next(), time, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException("no answer in time", e);
            }
        }
    }

    /// <summary>What client-go tries again, and what a connection that breaks within an answer looks like.</summary>
    private static bool IsPassing(Exception fault) => fault switch
    {
        ApiException e => e.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError
            or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout,
        _ => fault is HttpRequestException or IOException or JsonException or OperationCanceledException,
    };
}
