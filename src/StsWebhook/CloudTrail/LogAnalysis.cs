using StsWebhook.Core.CloudTrail;
using StsWebhook.Input;

namespace StsWebhook.CloudTrail;

/// <summary>Finds the callers of the global endpoint in any number of logs of any size. Used by one thread.</summary>
/// <param name="since">Calls before this time are not counted; null counts all calls.</param>
internal sealed class LogAnalysis(DateTimeOffset? since)
{
    /// <summary>The largest number of callers that are listed, which bounds memory.</summary>
    public const int MaxGroups = 10_000;

    /// <summary>The number of allocated bytes after which garbage is collected.</summary>
    private const long GarbageBytes = 8 * 1024 * 1024;

    private readonly Dictionary<Caller, CallGroup> groups = [];
    private readonly EvidenceCounts global = new();
    private long stsCalls;
    private long ungrouped;
    private long clearedAt;

    /// <summary>Reads all files. A file that cannot be read is reported and does not end the analysis.</summary>
    public CloudTrailReport Analyse(IEnumerable<InputFile> files)
    {
        var (count, logs, events) = (0, 0, 0L);
        var damaged = new List<LogFile>();
        foreach (var file in files.Select(file => LogFile.Read(file, Count)))
        {
            count++;
            logs += file.IsLog ? 1 : 0;
            events += file.Events;
            if (file.Problem is not null)
            {
                damaged.Add(file);
            }
        }

        return new CloudTrailReport
        {
            Files = count,
            Logs = logs,
            Events = events,
            StsCalls = stsCalls,
            Global = global,
            Ungrouped = ungrouped,
            Damaged = damaged,
            Groups =
            [
                .. groups.Values
                    .OrderByDescending(g => g.Counts.Calls)
                    .ThenByDescending(g => g.LastSeen)
                    .ThenBy(g => g.Caller.Principal, StringComparer.Ordinal)
                    .ThenBy(g => g.Caller.UserAgent, StringComparer.Ordinal)
                    .ThenBy(g => g.Caller.Source, StringComparer.Ordinal)
                    .ThenBy(g => g.Caller.ServingRegion, StringComparer.Ordinal),
            ],
        };
    }

    private void Count(StsCall call)
    {
        if (call.Time < since)
        {
            return;
        }

        stsCalls++;
        if (call.Caller is not { } caller)
        {
            return;
        }

        ClearGarbage();
        global.Add(call.Evidence);
        if (!groups.TryGetValue(caller, out var group))
        {
            if (groups.Count == MaxGroups)
            {
                ungrouped++;
                return;
            }

            group = new CallGroup(caller);
            groups.Add(caller, group);
        }

        group.Add(call);
    }

    /// <summary>
    /// Collects garbage early. The size of the youngest generation depends on the CPU cache; without this, 150 MiB were
    /// measured on a machine with a large cache.
    /// </summary>
    private void ClearGarbage()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        if (allocated - clearedAt > GarbageBytes)
        {
            clearedAt = allocated;
            GC.Collect(generation: 0);
        }
    }
}
