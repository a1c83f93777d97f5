using StsWebhook.Core.CloudTrail;
using StsWebhook.Input;

namespace StsWebhook.CloudTrail;

/// <summary>Finds who calls the global endpoint, in logs of any number and size.</summary>
/// <param name="since">Calls before this do not count; null counts all.</param>
internal sealed class LogAnalysis(DateTimeOffset? since)
{
    /// <summary>How many callers are told apart: logs may hold any number, and memory must not.</summary>
    public const int MaxGroups = 10_000;

    /// <summary>After how many bytes of garbage memory is cleared.</summary>
    private const long GarbageBytes = 8 * 1024 * 1024;

    private readonly Dictionary<Caller, CallGroup> groups = [];
    private readonly EvidenceCounts global = new();
    private long stsCalls;
    private long ungrouped;
    private long clearedAt;

    /// <summary>Reads the files.</summary>
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
        global.Add(call.Signs);
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
    /// The collector lets garbage lie by the size of the processor's cache: on a large one 150 MiB were measured.
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
