using System.Globalization;

namespace StsWebhook.Tests.Support;

/// <summary>A container's memory limit: a control group of the kernel, whose OOM killer ends what goes beyond it.</summary>
internal sealed class MemoryLimit : IDisposable
{
    private readonly string group;
    private readonly bool isVersion1;

    private MemoryLimit(string group, bool isVersion1)
    {
        this.group = group;
        this.isVersion1 = isVersion1;
    }

    /// <summary>What goes before a command that is to run under the limit.</summary>
    public IReadOnlyList<string> Launcher => ["sh", "-c", $"echo $$ > {group}/cgroup.procs && exec \"$@\"", "sh"];

    /// <summary>How many processes the kernel has killed for it.</summary>
    public int Kills => File.ReadLines(Path.Combine(group, isVersion1 ? "memory.oom_control" : "memory.events"))
        .Select(line => line.Split(' '))
        .Where(line => line[0] == "oom_kill")
        .Sum(line => int.Parse(line[1], CultureInfo.InvariantCulture));

    /// <summary>Makes one; null where this machine does not let us.</summary>
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
                // Not for this user, or the controller is not on: without a limit then.
                if (Directory.Exists(folder))
                {
                    Directory.Delete(folder);
                }
            }
        }

        return null;
    }

    /// <summary>The processes in it must have ended.</summary>
    public void Dispose() => Directory.Delete(group);
}
