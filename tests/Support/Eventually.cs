using System.Diagnostics;
using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>Waits, up to 45 s, for the effect of another process.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    /// <summary>Calls <paramref name="look"/> until it returns an object; the failure names <paramref name="awaited"/>.</summary>
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

        throw new TimeoutException($"waited {Patience.TotalSeconds} s for: {awaited}");
    }

    public static Task<T> GetAsync<T>(string awaited, Func<T?> look)
        where T : class =>
        GetAsync(awaited, () => Task.FromResult(look()));

    public static Task HoldsAsync(string awaited, Func<Task<bool>> condition) =>
        GetAsync(awaited, async () => await condition() ? awaited : null);

    public static Task HoldsAsync(string awaited, Func<bool> condition) =>
        GetAsync(awaited, () => condition() ? awaited : null);
}
