using StsWebhook.Tests.Support;

namespace StsWebhook.Clients.Tests.Pages;

/// <summary>A page of docs/ with tables between the comments <c>measured: NAME</c> and <c>end</c>.</summary>
internal sealed class MarkedPage(string name)
{
    private readonly string path = Repository.PathOf($"docs/{name}");

    /// <summary>Whether tests write the tables instead of comparing them.</summary>
    public static bool IsUpdating => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public IReadOnlyList<string> this[string table]
    {
        get
        {
            var lines = File.ReadAllLines(path);
            return lines[RangeOf(lines, table)];
        }

        set
        {
            var lines = File.ReadAllLines(path);
            var range = RangeOf(lines, table);
            File.WriteAllLines(path, [.. lines[..range.Start], .. value, .. lines[range.End..]]);
        }
    }

    /// <summary>The lines between the comments, without the empty first and last line.</summary>
    private static Range RangeOf(string[] lines, string table)
    {
        var start = Array.IndexOf(lines, $"<!-- measured: {table} -->") + 2;
        return start..(Array.IndexOf(lines, "<!-- end -->", start) - 1);
    }
}
