using System.Diagnostics;

namespace StsWebhook.Core.Tests.Support;

/// <summary>How the time of something grows with its size. Two sizes are compared in one run, so that no machine is too slow.</summary>
internal static class Growth
{
    /// <summary>Linear time would be a factor of 4, quadratic time 16; the rest is for a machine that does other things too.</summary>
    private const double MostForFourTimes = 12;

    private const int Small = 256 * 1024;

    private const int LeastRuns = 3;

    /// <summary>What is quadratic stays so; what was only disturbed, by a collection or a neighbour, gets better.</summary>
    private const int MostRuns = 10;

    /// <summary>Measures a quarter and the whole of a megabyte, the best run of each.</summary>
    /// <param name="make">Makes an input of some length.</param>
    /// <param name="run">What is measured.</param>
    public static void IsLinear<T>(Func<int, T> make, Action<T> run)
    {
        var (small, large) = (make(Small), make(4 * Small));
        var (bestOfSmall, bestOfLarge) = (double.MaxValue, double.MaxValue);
        for (var i = 1; i <= MostRuns; i++)
        {
            bestOfSmall = Math.Min(bestOfSmall, Time(small, run));
            bestOfLarge = Math.Min(bestOfLarge, Time(large, run));
            if (i >= LeastRuns && bestOfLarge < MostForFourTimes * bestOfSmall)
            {
                return;
            }
        }

        Assert.Fail($"four times the input took {bestOfLarge / bestOfSmall:F1} times as long");
    }

    private static double Time<T>(T input, Action<T> run)
    {
        var start = Stopwatch.GetTimestamp();
        run(input);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
