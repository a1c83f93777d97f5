using System.Diagnostics;
using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>Waits for what another process does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Asks again and again; what is awaited stands in the failure.</summary>
    public static async Task<T> GetAsync<T>(string awaited, Func<Task<T?>> look)
        where T : class
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < Patience)
        {
            if (await look() is { } found)
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(15), TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"waited {Patience.TotalSeconds} s in vain for: {awaited}");
    }

    public static Task<T> GetAsync<T>(string awaited, Func<T?> look)
        where T : class =>
        GetAsync(awaited, () => Task.FromResult(look()));

    public static Task HoldsAsync(string awaited, Func<Task<bool>> condition) =>
        GetAsync(awaited, async () => await condition() ? awaited : null);

    public static Task HoldsAsync(string awaited, Func<bool> condition) =>
        GetAsync(awaited, () => condition() ? awaited : null);
}
