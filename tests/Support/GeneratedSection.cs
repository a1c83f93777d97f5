using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>
/// A part of a Markdown file that is generated from code. It is between the lines <c>&lt;!-- generated:NAME --&gt;</c> and
/// <c>&lt;!-- /generated:NAME --&gt;</c>, with an empty line after the first and before the second.
/// </summary>
public static class GeneratedSection
{
    private static readonly Lock Writing = new();

    /// <summary>
    /// Fails if the section differs from <paramref name="expected"/>, and says which command rewrites it. With
    /// <c>UPDATE_GOLDEN=1</c> in the environment the section is rewritten instead.
    /// </summary>
    /// <param name="path">The Markdown file, relative to the root of the repository.</param>
    /// <param name="name">The name of the section in the file.</param>
    /// <param name="expected">The lines between the markers, without the empty first and last line.</param>
    public static void Verify(string path, string name, IEnumerable<string> expected)
    {
        // An empty cell has one space, as markdownlint requires it.
        string[] lines = [.. expected.Select(line => line.Replace("|  |", "| |", StringComparison.Ordinal).Replace("|  |", "| |", StringComparison.Ordinal))];
        if (Golden.IsUpdating)
        {
            Write(path, name, lines);
            return;
        }

        var actual = Read(path, name);
        if (!lines.SequenceEqual(actual, StringComparer.Ordinal))
        {
            Assert.Fail($"""
                The section "{name}" of {path} is out of date. To rewrite it, run

                    {Command()}

                {FirstDifference(lines, actual)}
                """);
        }
    }

    /// <inheritdoc cref="Verify(string, string, IEnumerable{string})"/>
    public static void Verify(string path, string name, string expected) =>
        Verify(path, name, expected.ReplaceLineEndings("\n").Trim('\n').Split('\n'));

    /// <summary>The lines of a section, without the empty first and last line.</summary>
    public static IReadOnlyList<string> Read(string path, string name)
    {
        var lines = File.ReadAllLines(Repository.PathOf(path));
        var (start, end) = Find(lines, path, name);
        while (start < end && lines[start].Length == 0)
        {
            start++;
        }

        while (end > start && lines[end - 1].Length == 0)
        {
            end--;
        }

        return lines[start..end];
    }

    /// <summary>Replaces the lines of a section.</summary>
    public static void Write(string path, string name, IEnumerable<string> content)
    {
        // Test classes run in parallel, and several may write sections of the same file.
        lock (Writing)
        {
            var file = Repository.PathOf(path);
            var lines = File.ReadAllLines(file);
            var (start, end) = Find(lines, path, name);
            File.WriteAllLines(file, [.. lines[..start], string.Empty, .. content, string.Empty, .. lines[end..]]);
        }
    }

    /// <summary>The index of the line after the first marker, and of the second marker.</summary>
    private static (int Start, int End) Find(string[] lines, string path, string name)
    {
        var (open, close) = ($"<!-- generated:{name} -->", $"<!-- /generated:{name} -->");
        var start = Array.IndexOf(lines, open);
        var end = Array.IndexOf(lines, close);
        if (start < 0 || end < start)
        {
            Assert.Fail($"{path} needs the line \"{open}\" and, below it, the line \"{close}\".");
        }

        return (start + 1, end);
    }

    private static string FirstDifference(string[] expected, IReadOnlyList<string> actual)
    {
        var line = 0;
        while (line < expected.Length && line < actual.Count && expected[line] == actual[line])
        {
            line++;
        }

        return $"""
            First difference, line {line + 1} of the section:
            in the file: {actual.ElementAtOrDefault(line) ?? "(end)"}
            from code:   {expected.ElementAtOrDefault(line) ?? "(end)"}
            """;
    }

    /// <summary>The command that runs the current test class with UPDATE_GOLDEN=1.</summary>
    private static string Command()
    {
        var output = Path.GetRelativePath(Repository.Root, AppContext.BaseDirectory);
        var project = output.Split($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}")[0];
        var testClass = TestContext.Current.TestClass?.TestClassName.Split('.')[^1] ?? "*";
        return $"UPDATE_GOLDEN=1 dotnet run --project {project} --configuration Release -- -class '*.{testClass}'";
    }
}
