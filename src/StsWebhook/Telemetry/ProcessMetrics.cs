using System.Diagnostics;
using System.Globalization;
using Prometheus;

namespace StsWebhook.Telemetry;

/// <summary>
/// The resources that the process uses, under the names that all client libraries of Prometheus share
/// (prometheus.io/docs/instrumenting/writing_clientlibs). The values are read only when Prometheus scrapes.
/// </summary>
internal static class ProcessMetrics
{
    private static readonly string OpenFiles = $"/proc/{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}/fd";

    /// <summary>Adds the instruments to a registry.</summary>
    public static void AddTo(CollectorRegistry registry, Instruments instruments)
    {
        var cpu = instruments.Counter("process_cpu_seconds_total", "CPU time used by the process, in seconds.", []);
        var memory = instruments.Gauge("process_resident_memory_bytes", "Resident memory of the process, in bytes.", []);
        var files = instruments.Gauge("process_open_fds", "Open files and sockets of the process.", []);
        var pauses = instruments.Counter(
            "dotnet_gc_pause_seconds_total", "Time that garbage collections paused the process, in seconds.", []);
        var objects = instruments.Gauge(
            "dotnet_total_memory_bytes", "Managed memory in bytes, including garbage that is not collected yet.", []);
        instruments.Gauge("process_start_time_seconds", "Start time of the process, in seconds since 1970.", []).Set(StartTime());
        registry.AddBeforeCollectCallback(() =>
        {
            cpu.IncTo(Environment.CpuUsage.TotalTime.TotalSeconds);
            memory.Set(Environment.WorkingSet);
            pauses.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
            objects.Set(GC.GetTotalMemory(forceFullCollection: false));
            if (Directory.Exists(OpenFiles))
            {
                files.Set(Directory.EnumerateFileSystemEntries(OpenFiles).Count());
            }
        });
    }

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0;
    }
}
