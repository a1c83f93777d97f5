using StsWebhook.Tests.Observability;
using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>
/// A part of a Markdown file that is generated from code. It is between the lines <c>&lt;!-- generated:NAME --&gt;</c> and
/// <c>&lt;!-- /generated:NAME --&gt;</c>, with an empty line after the first and before the second.
/// </summary>
internal static class GeneratedSection
{
    /// <summary>
    /// Fails if the section differs from <paramref name="expected"/>. With <c>UPDATE_GOLDEN=1</c> in the environment, rewrites
    /// the section instead.
    /// </summary>
    /// <param name="path">The Markdown file, relative to the root of the repository.</param>
    /// <param name="name">The name of the section in the file.</param>
    /// <param name="expected">The lines between the markers, without the empty first and last line.</param>
    public static void Verify(string path, string name, IEnumerable<string> expected)
    {
        var file = Repository.PathOf(path);
        var lines = File.ReadAllLines(file);
        var start = Array.IndexOf(lines, $"<!-- generated:{name} -->");
        var end = Array.IndexOf(lines, $"<!-- /generated:{name} -->");
        Assert.True(start >= 0 && end > start, $"{path} needs the markers of the section {name}");
        string[] section = [string.Empty, .. expected, string.Empty];
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllLines(file, [.. lines[..(start + 1)], .. section, .. lines[end..]]);
            return;
        }

        Assert.Equal(section, lines[(start + 1)..end]);
    }
}
