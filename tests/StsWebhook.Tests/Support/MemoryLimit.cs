using System.Globalization;

namespace StsWebhook.Tests.Support;

/// <summary>The memory limit of a container: a control group; the kernel's OOM killer ends a process that exceeds it.</summary>
internal sealed class MemoryLimit : IDisposable
{
    private readonly string group;
    private readonly bool isVersion1;

    private MemoryLimit(string group, bool isVersion1)
    {
        this.group = group;
        this.isVersion1 = isVersion1;
    }

    /// <summary>The prefix of a command that runs it under the limit.</summary>
    public IReadOnlyList<string> Launcher => ["sh", "-c", $"echo $$ > {group}/cgroup.procs && exec \"$@\"", "sh"];

    /// <summary>Number of processes that the kernel has killed because of the limit.</summary>
    public int Kills => File.ReadLines(Path.Combine(group, isVersion1 ? "memory.oom_control" : "memory.events"))
        .Select(line => line.Split(' '))
        .Where(line => line[0] == "oom_kill")
        .Sum(line => int.Parse(line[1], CultureInfo.InvariantCulture));

    /// <summary>Creates a limit; null if this machine does not permit it.</summary>
    public static MemoryLimit? TryCreate(long bytes)
    {
        var name = $"sts-webhook-tests-{Guid.NewGuid():N}";
        foreach (var (root, file, isVersion1) in new[]
        {
            ("/sys/fs/cgroup/memory", "memory.limit_in_bytes", true),
            ("/sys/fs/cgroup", "memory.max", false),
        })
        {
            var folder = Path.Combine(root, name);
            try
            {
                if (Directory.Exists(root))
                {
                    Directory.CreateDirectory(folder);
                    File.WriteAllText(Path.Combine(folder, file), bytes.ToString(CultureInfo.InvariantCulture));
                    return new MemoryLimit(folder, isVersion1);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // The user has no permission, or the memory controller is disabled: no limit then.
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder);
                }
            }
        }

        return null;
    }

    /// <summary>Removes the control group. Its processes must have exited.</summary>
    public void Dispose() => Directory.Delete(group);
}
