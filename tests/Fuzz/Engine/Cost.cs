using System.Diagnostics;
using System.Runtime.InteropServices;
using StsWebhook.Fuzz.Coverage;

namespace StsWebhook.Fuzz.Engine;

/// <summary>The cost of a run.</summary>
/// <param name="Blocks">Number of instrumented blocks entered.</param>
/// <param name="Allocated">Allocated bytes.</param>
/// <param name="Time">Duration.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cost(long Blocks, long Allocated, TimeSpan Time)
{
    /// <summary>The condition that has to hold.</summary>
    public const string Oracle = "takes no longer than 10 ms for 10 KB";

    /// <summary>The bound is 10 ms for 10 KB and for shorter inputs.</summary>
    private const int LeastLength = 10 * 1024;

    /// <summary>Instrumentation makes code about three times slower, which must not count. Slow code that is not instrumented exceeds this factor.</summary>
    private const int Slowdown = 5;

    private const double MicrosecondsPerByte = Slowdown * 10_000.0 / LeastLength;

    /// <summary>Without instrumentation, 1,850 blocks ran per microsecond.</summary>
    private const long BlocksPerByte = 1500;

    /// <summary>Two gigabytes per second, including garbage collections.</summary>
    private const long AllocatedPerByte = 2000;

    private const int Repetitions = 20;

    /// <summary>Measures a run.</summary>
    public static Cost Of<T>(Func<T> run, out T result)
    {
        EdgeTrace.Begin();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = Stopwatch.GetTimestamp();
        result = run();
        return new Cost(EdgeTrace.Blocks, GC.GetAllocatedBytesForCurrentThread() - allocated, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>
    /// Throws if an input costs more than its length allows. Blocks and bytes are the same on every machine, but do not include
    /// loops of the base library, which only a clock measures. If the time is too long, the lowest CPU time of many
    /// more runs counts, so that other processes and the JIT compiler do not affect the result.
    /// </summary>
    public void Check(int length, Action again)
    {
        var bytes = Math.Max(length, LeastLength);
        Require(Blocks <= BlocksPerByte * bytes, $"{Blocks} blocks");
        Require(Allocated <= AllocatedPerByte * bytes, $"{Allocated} bytes allocated");
        var most = TimeSpan.FromMicroseconds(MicrosecondsPerByte * bytes);
        if (Time <= most)
        {
            return;
        }

        var best = Time;
        for (var i = 0; i < Repetitions && best > most; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            again();
            var time = Environment.CpuUsage.TotalTime - start;
            best = time < best ? time : best;
        }

        Require(best <= most, $"{best.TotalMilliseconds:F1} ms at best of {Repetitions} runs, {Blocks} blocks, {Allocated} bytes allocated");

        void Require(bool holds, string cost)
        {
            if (!holds)
            {
                throw new OracleException(Oracle, $"{cost} for {length} bytes");
            }
        }
    }
}
