namespace StsWebhook.Core.Tests.Support;

/// <summary>
/// How the time of something grows with its size. Two sizes are compared in one run, so that no machine is too slow,
/// by the processor's time, so that its neighbours do not count.
/// </summary>
internal static class Growth
{
    private const int Times = 8;

    private const int Large = 1024 * 1024;

    /// <summary>Linear time grows by 8, quadratic time by 64; a quarter less than that leaves room for collections and caches.</summary>
    private const double MostGrowth = Times * Times * 3 / 4;

    private const int LeastRuns = 3;

    /// <summary>What is quadratic stays so; what was only disturbed gets better.</summary>
    private const int MostRuns = 10;

    /// <summary>Measures an eighth and the whole of a megabyte, the best run of each.</summary>
    /// <param name="make">Makes an input of some length.</param>
    /// <param name="run">What is measured.</param>
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
