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
        var collections = factory.CreateCounter("dotnet_gc_collections_total", "Garbage collections, by generation.", "generation");
        var pauses = factory.CreateCounter("dotnet_gc_pause_seconds_total", "Time that garbage collections held the process up, in seconds.");
        var heap = factory.CreateGauge("dotnet_gc_heap_size_bytes", "Size of the heap of objects after the last collection, in bytes.");
        factory.CreateGauge("process_start_time_seconds", "When the process started, in seconds since 1970.").Set(StartTime());
        registry.AddBeforeCollectCallback(() =>
        {
            cpu.IncTo(Environment.CpuUsage.TotalTime.TotalSeconds);
            memory.Set(Environment.WorkingSet);
            pauses.IncTo(GC.GetTotalPauseDuration().TotalSeconds);
            heap.Set(GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes);
            for (var generation = 0; generation <= GC.MaxGeneration; generation++)
            {
                // The runtime counts a collection for each younger generation too; here each counts once.
                var older = generation < GC.MaxGeneration ? GC.CollectionCount(generation + 1) : 0;
                collections.WithLabels(generation.ToString(CultureInfo.InvariantCulture)).IncTo(GC.CollectionCount(generation) - older);
            }

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
