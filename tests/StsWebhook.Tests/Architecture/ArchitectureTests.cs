using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Architecture;

/// <summary>The source follows the directions that docs/architecture.md states.</summary>
public sealed class ArchitectureTests
{
    private const string Page = "docs/architecture.md";

    /// <summary>Namespaces and types whose use in the core would be input, output, a clock or randomness.</summary>
    private static readonly string[] Impure =
    [
        "Microsoft.", "System.Console", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Environment",
        "System.IO.Directory", "System.IO.File", "System.IO.Path", "System.IO.Pipes", "System.IO.StreamWriter", "System.Net.Dns",
        "System.Net.Http.", "System.Net.Sockets.", "System.Net.WebRequest", "System.Random", "System.Security.Cryptography.", "System.Threading.Tasks.", "System.Threading.Thread",
        "System.Threading.Timer", "System.TimeProvider",
    ];

    /// <summary>A folder may use folders in lower rows of the picture, not in its own row or above.</summary>
    [Fact]
    public void Folders_TheirUses_GoDownInTheDocumentedRows()
    {
        var rows = DocumentedRows();

        var upward =
            from use in SourceGraph.Uses
            let source = TopFolder(use.Key.From)
            let target = TopFolder(use.Key.To)
            where source != target && rows[source] >= rows[target]
            select $"{use.Key.From} -> {use.Key.To}: {use.First()}";

        AssertNone(upward);
    }

    [Fact]
    public void Folders_OfTheSource_AreTheDocumentedOnes()
    {
        var folders = SourceGraph.Types.Select(SourceGraph.FolderOf).OfType<string>().Select(TopFolder).Distinct(StringComparer.Ordinal);

        Assert.Equal(folders.Order(StringComparer.Ordinal), DocumentedRows().Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Subfolders count as folders of their own here, except <c>Policy/Rules</c>: a rule is a Rule, and Rule lists the rules.</summary>
    [Fact]
    public void Namespaces_TheirUses_HaveNoCycle()
    {
        var uses = SourceGraph.Uses.Select(use => use.Key).Where(use => use != ("Core.Policy.Rules", "Core.Policy")).ToLookup(use => use.From, use => use.To, StringComparer.Ordinal);
        var finished = new HashSet<string>(StringComparer.Ordinal);

        foreach (var start in uses.Select(group => group.Key))
        {
            Visit(start, []);
        }

        void Visit(string folder, string[] path)
        {
            Assert.False(path.Contains(folder, StringComparer.Ordinal), $"cycle: {string.Join(" -> ", path)} -> {folder}");
            if (finished.Contains(folder))
            {
                return;
            }

            foreach (var target in uses[folder])
            {
                Visit(target, [.. path, folder]);
            }

            finished.Add(folder);
        }
    }

    /// <summary>Two types with the same name are confused in searches and stack traces. Private nested types are exempt.</summary>
    [Fact]
    public void Types_OfTheSource_HaveUniqueNames() => AssertNone(SourceGraph.Types
        .Where(type => !(type.IsNested && type.Visibility == ArchUnitNET.Domain.Visibility.Private))
        .GroupBy(type => type.Name, StringComparer.Ordinal)
        .Where(group => group.Count() > 1)
        .Select(group => string.Join(", ", group.Select(type => type.FullName))));

    [Fact]
    public void Core_ItsTypes_UseNeitherFilesNorNetworkNorClocks()
    {
        var impure =
            from type in SourceGraph.Types
            where SourceGraph.FolderOf(type)!.StartsWith("Core.", StringComparison.Ordinal)
            from dependency in type.Dependencies
            let target = dependency.Target.FullName
            where Impure.Any(name => target.StartsWith(name, StringComparison.Ordinal))
            select $"{type.FullName} uses {target}";

        AssertNone(impure);
    }

    private static void AssertNone(IEnumerable<string> violations)
    {
        var lines = violations.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        Assert.True(lines.Length == 0, string.Join('\n', lines));
    }

    /// <summary>The row of each folder in the picture, counted from the top; folders of the core begin with <c>Core.</c>.</summary>
    private static Dictionary<string, int> DocumentedRows()
    {
        var picture = Repository.Text(Page).Split("## Directions")[1].Split("```text\n")[1].Split("```")[0];
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        var prefix = string.Empty;
        foreach (var (row, line) in picture.Split('\n', StringSplitOptions.RemoveEmptyEntries).Index())
        {
            foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (word.StartsWith("src/", StringComparison.Ordinal))
                {
                    prefix = word == "src/StsWebhook.Core" ? "Core." : string.Empty;
                }
                else
                {
                    rows.Add(prefix + word, row);
                }
            }
        }

        return rows;
    }

    private static string TopFolder(string folder)
    {
        var parts = folder.Split('.');
        return parts[0] == "Core" ? $"Core.{parts[1]}" : parts[0];
    }
}
