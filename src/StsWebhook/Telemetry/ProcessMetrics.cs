using System.Diagnostics;
using System.Globalization;
using Prometheus;

namespace StsWebhook.Telemetry;

/// <summary>
/// What the process itself uses, by the names that Prometheus's client libraries share
/// (prometheus.io/docs/instrumenting/writing_clientlibs). Read when the page is asked for, and at no other time.
/// </summary>
internal static class ProcessMetrics
{
    private static readonly string OpenFiles = $"/proc/{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}/fd";

    /// <summary>Adds the instruments.</summary>
    public static void AddTo(CollectorRegistry registry, MetricFactory factory)
    {
        var cpu = factory.CreateCounter("process_cpu_seconds_total", "Processor time that the process used, in seconds.");
        var memory = factory.CreateGauge("process_resident_memory_bytes", "Memory of the process that is in RAM, in bytes.");
        var files = factory.CreateGauge("process_open_fds", "Files and sockets that the process has open.");
        var pauses = factory.CreateCounter("dotnet_gc_pause_seconds_total", "Time that garbage collections held the process up, in seconds.");
        var objects = factory.CreateGauge("dotnet_total_memory_bytes", "Memory that objects take, in bytes, garbage included.");
        factory.CreateGauge("process_start_time_seconds", "When the process started, in seconds since 1970.").Set(StartTime());
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
