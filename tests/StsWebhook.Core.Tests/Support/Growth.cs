namespace StsWebhook.Core.Tests.Support;

/// <summary>
/// Checks how time grows with size. Two sizes are compared in one run, so that the speed of the machine does not matter, and
/// CPU time is measured, so that other processes do not matter.
/// </summary>
internal static class Growth
{
    private const int Times = 8;

    private const int Large = 1024 * 1024;

    /// <summary>Linear time grows by 8, quadratic time by 64. The limit leaves room for garbage collections and caches.</summary>
    private const double MostGrowth = Times * Times * 3 / 4;

    private const int LeastRuns = 3;

    /// <summary>Number of attempts: quadratic time stays quadratic, while a disturbance ends.</summary>
    private const int MostRuns = 10;

    /// <summary>Measures inputs of an eighth of a megabyte and of a megabyte, the best run of each.</summary>
    /// <param name="make">Creates an input of the given length.</param>
    /// <param name="run">The code to measure.</param>
    public static void IsLinear<T>(Func<int, T> make, Action<T> run)
    {
        var (small, large) = (make(Large / Times), make(Large));
        var (bestOfSmall, bestOfLarge) = (double.MaxValue, double.MaxValue);
        for (var i = 1; i <= MostRuns; i++)
        {
            bestOfSmall = Math.Min(bestOfSmall, Time(small, run));
            bestOfLarge = Math.Min(bestOfLarge, Time(large, run));
            if (i >= LeastRuns && bestOfLarge < MostGrowth * bestOfSmall)
            {
                return;
            }
        }

        Assert.Fail($"{Times} times the input took {bestOfLarge / bestOfSmall:F1} times as long");
    }

    private static double Time<T>(T input, Action<T> run)
    {
        var start = Environment.CpuUsage.TotalTime;
        run(input);
        return (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
    }
}
