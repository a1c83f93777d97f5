using System.Diagnostics;

namespace StsWebhook.Core.Tests.Support;

/// <summary>How the time of something grows with its size. Two sizes are compared in one run, so that no machine is too slow.</summary>
internal static class Growth
{
    private const int Runs = 3;

    /// <summary>Linear time would be a factor of 4, quadratic time 16; the rest is for a machine that does other things too.</summary>
    private const double MostForFourTimes = 12;

    private const int Small = 256 * 1024;

    /// <summary>
    /// Measures the best of several runs on a quarter and on the whole of a megabyte.
    /// </summary>
    /// <param name="make">Makes an input of some length.</param>
    /// <param name="run">What is measured.</param>
    public static void IsLinear<T>(Func<int, T> make, Action<T> run)
    {
        var small = Best(make(Small), run);
        var large = Best(make(4 * Small), run);
        var ratio = large / small;
        Assert.True(ratio < MostForFourTimes, $"four times the input took {ratio:F1} times as long");
    }

    private static double Best<T>(T input, Action<T> run)
    {
        var best = double.MaxValue;
        for (var i = 0; i < Runs; i++)
        {
            var start = Stopwatch.GetTimestamp();
            run(input);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }
}
