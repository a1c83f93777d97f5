using System.Text.RegularExpressions;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.RepositoryFiles;

/// <summary>What the documentation names exists: pages, anchors, files, types.</summary>
public sealed class DocumentationTests
{
    private const string OnGitHub = "https://github.com/sts-webhook/sts-webhook/blob/main/";

    /// <summary>A path, from the root or from the root of a source project, or the name of a file.</summary>
    private const string FilePath = @"^[.\w-]+/[^*<>{}:$]*$|^[\w.-]+\.(cs|md|yaml|json|props|txt)$";

    private const string TypeName = "^[A-Z][a-z0-9]+([A-Z][a-z0-9]+)+$";

    private static readonly string[] Sources =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)),
    ];

    private static readonly string Code = string.Concat(Sources.Select(File.ReadAllText));

    public static TheoryData<string> Pages => [.. MarkdownFile.All()];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Link_LeadsToAFileAndAnchorThatExist(string page)
    {
        var broken = MarkdownFile.Read(Repository.PathOf(page)).Targets.Where(target => !Exists(target, page));

        Assert.Empty(broken);
    }

    /// <summary>The addresses in issue forms, which open on GitHub.</summary>
    [Fact]
    public void Link_InAnIssueForm_LeadsToAFileThatExists()
    {
        var forms = Directory.EnumerateFiles(Repository.PathOf(".github/ISSUE_TEMPLATE")).Select(File.ReadAllText);
        var links = Find(string.Concat(forms), Regex.Escape(OnGitHub) + @"(?<name>[^)\s]+)").ToList();

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(Exists(OnGitHub + link, "README.md"), link));
    }

    [Theory]
    [InlineData("docs")]
    [InlineData("docs/decisions")]
    public void Index_ListsEveryPage(string folder)
    {
        var listed = MarkdownFile.Read(Repository.PathOf($"{folder}/README.md")).Targets.ToHashSet(StringComparer.Ordinal);

        var missing = Directory.EnumerateFiles(Repository.PathOf(folder), "*.md")
            .Select(path => Path.GetFileName(path))
            .Where(name => name != "README.md" && !listed.Contains(name));

        Assert.Empty(missing);
    }

    [Fact]
    public void Index_ListsThePagesElsewhere()
    {
        var listed = MarkdownFile.Read(Repository.PathOf("docs/README.md")).Targets.ToHashSet(StringComparer.Ordinal);

        Assert.All(
            ["../SECURITY.md", "../.github/CONTRIBUTING.md", "decisions/README.md"], page => Assert.Contains(page, listed));
    }

    [Fact]
    public void Decisions_AreNumberedWithoutGaps_AndHaveAllParts()
    {
        var records = Directory.GetFiles(Repository.PathOf("docs/decisions"), "0*.md").Order(StringComparer.Ordinal).ToList();

        for (var i = 0; i < records.Count; i++)
        {
            var text = File.ReadAllText(records[i]);
            Assert.StartsWith($"{i + 1:0000}-", Path.GetFileName(records[i]), StringComparison.Ordinal);
            Assert.Matches(
                $@"^# {i + 1}\. .+\n\n" +
                @"Date: \d{4}-\d\d-\d\d\. Status: (proposed|accepted|superseded by \d{4})\.\n\n" +
                @"## Context\n\n(.|\n)+\n## Decision\n\n(.|\n)+\n## Alternatives\n\n- (.|\n)+\n## Consequences\n\n.",
                text);
        }
    }

    /// <summary>Types in the last column of the glossary.</summary>
    [Fact]
    public void Glossary_NamesTypesThatExist()
    {
        var rows = File.ReadLines(Repository.PathOf("docs/glossary.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal));
        var types = rows.SelectMany(row => Find(row.Split('|')[^2], "`(?<name>[^`]+)`")).ToList();

        var missing = types.Where(type => !IsType(type)).ToList();

        Assert.NotEmpty(types);
        Assert.Empty(missing);
    }

    /// <summary>Types, members and paths that these pages name.</summary>
    [Theory]
    [InlineData("docs/architecture.md", true)]
    [InlineData("docs/extending.md", true)]
    [InlineData(".github/CONTRIBUTING.md", false)]
    public void Page_NamesFilesAndTypesThatExist(string page, bool namesOnlyOurTypes)
    {
        var names = Find(MarkdownFile.Read(Repository.PathOf(page)).Text, "`(?<name>[^` ]+)`").ToHashSet(StringComparer.Ordinal);

        var missing = names.Where(name =>
            (IsLike(name, FilePath) && !IsPath(name))
            || (namesOnlyOurTypes && IsLike(name, TypeName) && !IsType(name) && !Code.Contains(name, StringComparison.Ordinal)));

        Assert.Empty(missing);
    }

    [Theory]
    [InlineData("src/StsWebhook.Core")]
    [InlineData("src/StsWebhook")]
    public void Architecture_ListsEveryFolder(string project)
    {
        var page = File.ReadAllText(Repository.PathOf("docs/architecture.md"));
        var listed = page[page.IndexOf($"\n{project}/\n", StringComparison.Ordinal)..];

        var folders = Directory.EnumerateDirectories(Repository.PathOf(project)).Select(path => Path.GetFileName(path))
            .Where(name => name is not ("bin" or "obj"));

        var missing = folders.Where(name => !listed.Contains($"\n  {name}/ ", StringComparison.Ordinal)).ToList();

        Assert.Empty(missing);
    }

    [Fact]
    public void Contributing_ListsEveryMakeTarget()
    {
        var table = File.ReadAllText(Repository.PathOf(".github/CONTRIBUTING.md"));
        var targets = Find(File.ReadAllText(Repository.PathOf("Makefile")), @"(^|\n)(?<name>[a-z0-9-]+):.*?## ");

        var missing = targets
            .Where(name => name != "help" && !table.Contains($"`make {name}`", StringComparison.Ordinal))
            .ToList();

        Assert.Empty(missing);
    }

    private static bool Exists(string target, string page)
    {
        if (target.StartsWith(OnGitHub, StringComparison.Ordinal))
        {
            (target, page) = (target[OnGitHub.Length..], "README.md");
        }
        else if (target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal))
        {
            return true;
        }

        var (name, anchor) = target.Split('#') is [var file, var fragment] ? (file, fragment) : (target, null);
        var path = name.Length == 0
            ? Repository.PathOf(page)
            : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(page))!, name));
        return Path.Exists(path) && (anchor is null || MarkdownFile.Read(path).Anchors.Contains(anchor));
    }

    private static IEnumerable<string> Find(string text, string pattern) =>
        Regex.Matches(text, pattern, RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout)
            .Select(match => match.Groups["name"].Value);

    private static bool IsLike(string name, string pattern) =>
        Regex.IsMatch(name, pattern, RegexOptions.ExplicitCapture, Regex.InfiniteMatchTimeout);

    /// <summary>Whether a path exists from the root of the repository; a bare name, anywhere in the sources or tests.</summary>
    private static bool IsPath(string name) =>
        Path.Exists(Repository.PathOf(name))
        || Path.Exists(Repository.PathOf("src/StsWebhook/" + name))
        || Path.Exists(Repository.PathOf("src/StsWebhook.Core/" + name))
        || Sources.Any(path => Path.GetFileName(path) == name);

    /// <summary>Whether src, or tests for the names of tests, declares a type.</summary>
    private static bool IsType(string name) =>
        Sources.Any(path => Path.GetFileNameWithoutExtension(path) == name)
        || (name.EndsWith("Tests", StringComparison.Ordinal)
            && Directory.EnumerateFiles(Repository.PathOf("tests"), name + ".cs", SearchOption.AllDirectories).Any());
}
