using System.Diagnostics;
using System.Runtime.InteropServices;
using StsWebhook.Fuzz.Coverage;

namespace StsWebhook.Fuzz.Engine;

/// <summary>What a run cost.</summary>
/// <param name="Blocks">How many blocks of instrumented code were entered.</param>
/// <param name="Allocated">How many bytes were allocated.</param>
/// <param name="Time">How long it took.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Cost(long Blocks, long Allocated, TimeSpan Time)
{
    /// <summary>What should hold.</summary>
    public const string Oracle = "takes no longer than 10 ms for 10 KB";

    /// <summary>The bound is 10 ms for 10 KB, and for what is shorter.</summary>
    private const int LeastLength = 10 * 1024;

    /// <summary>Instruments make code some three times slower, which must not count; what they do not see is slower than that, or no trouble.</summary>
    private const int Slowdown = 5;

    private const double MicrosecondsPerByte = Slowdown * 10_000.0 / LeastLength;

    /// <summary>Without instruments, 1,850 blocks were entered in a microsecond.</summary>
    private const long BlocksPerByte = 1500;

    /// <summary>Two gigabytes in a second, collections included.</summary>
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
    /// Throws where an input costs more than its length allows. Blocks and bytes are the same on every machine. What they do not
    /// see, loops within the base library, only a clock does: where it says too long, the processor's time of the best of many
    /// more runs counts, so that neither neighbours nor the compiler are held against the code.
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
