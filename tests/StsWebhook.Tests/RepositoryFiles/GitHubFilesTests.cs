using StsWebhook.Tests.Support;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace StsWebhook.Tests.RepositoryFiles;

/// <summary>The files that GitHub reads. GitHub ignores a broken one without a message, so that tests have to find it.</summary>
public sealed class GitHubFilesTests
{
    private static readonly string Folder = Repository.PathOf(".github");

    public static TheoryData<string> YamlFiles =>
    [
        .. Directory.EnumerateFiles(Folder, "*.yml", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Folder, path)),
    ];

    public static TheoryData<string> Forms =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, "ISSUE_TEMPLATE"), "*.yml")
            .Select(path => Path.GetFileName(path))
            .Where(name => name != "config.yml"),
    ];

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void YamlFile_IsOneMapping(string name) => Assert.NotEmpty(Load(name).Children);

    [Theory]
    [InlineData("bug.yml")]
    [InlineData("false-positive.yml")]
    [InlineData("missed-case.yml")]
    [InlineData("feature.yml")]
    public void IssueForm_IsThere(string name) => Assert.Contains(Forms, row => row.Data == name);

    /// <summary>docs.github.com, "Syntax for GitHub's form schema".</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void IssueForm_HasWhatGitHubRequires(string name)
    {
        var form = Load($"ISSUE_TEMPLATE/{name}");
        var fields = Sequence(form, "body").Where(field => Text(field, "type") != "markdown").ToList();

        Assert.NotEmpty(Text(form, "name"));
        Assert.NotEmpty(Text(form, "description"));
        Assert.Contains(fields, field => Text(Mapping(field, "validations"), "required") == "true");
        Assert.Equal(fields.Count, fields.Select(field => Text(field, "id")).Distinct(StringComparer.Ordinal).Count());
        Assert.All(fields, field =>
        {
            Assert.Matches("^(input|textarea|dropdown|checkboxes)$", Text(field, "type"));
            Assert.Matches("^[a-z-]+$", Text(field, "id"));
            Assert.NotEmpty(Text(Mapping(field, "attributes"), "label"));
        });
    }

    [Fact]
    public void SecurityReports_GoToPrivateReporting()
    {
        const string Private = "https://github.com/sts-webhook/sts-webhook/security/advisories/new";

        Assert.Contains(Private, File.ReadAllText(Repository.PathOf("SECURITY.md")), StringComparison.Ordinal);
        Assert.Contains(Sequence(Load("ISSUE_TEMPLATE/config.yml"), "contact_links"), link => Text(link, "url") == Private);
    }

    [Fact]
    public void Owners_AreNamedForPathsThatExist()
    {
        var lines = File.ReadLines(Path.Combine(Folder, "CODEOWNERS"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToList();

        Assert.Equal("*", lines[0][0]);
        Assert.All(lines, line => Assert.All(line[1..], owner => Assert.Matches(@"^@[\w-]+/[\w-]+$", owner)));
        Assert.All(lines[1..], line => Assert.True(Path.Exists(Repository.PathOf(line[0].TrimStart('/'))), line[0]));
    }

    [Fact]
    public void Updates_AreOfFoldersThatHoldWhatIsUpdated()
    {
        var evidence = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["nuget"] = "Directory.Packages.props",
            ["dotnet-sdk"] = "global.json",
            ["docker"] = "Dockerfile",
            ["github-actions"] = ".github/workflows",
        };

        foreach (var update in Sequence(Load("dependabot.yml"), "updates"))
        {
            var file = Path.Combine(Text(update, "directory").TrimStart('/'), evidence[Text(update, "package-ecosystem")]);
            Assert.True(Path.Exists(Repository.PathOf(file)), file);
        }
    }

    [Fact]
    public void Workflow_RunsWhatAChangeMustPass_WithTheRightToReadOnly()
    {
        var workflow = Load("workflows/ci.yml");
        var steps = Sequence(Mapping(Mapping(workflow, "jobs"), "run"), "steps").ToList();

        Assert.Single(Mapping(workflow, "permissions").Children);
        Assert.Equal("read", Text(Mapping(workflow, "permissions"), "contents"));
        Assert.Contains(steps, step => Text(step, "run") == ".ci/run");
        Assert.True(File.Exists(Repository.PathOf(".ci/run")));
        Assert.All(steps, step => Assert.Matches(@"^($|actions/[\w-]+@v\d+$)", Text(step, "uses")));
        Assert.Contains(steps, step => Text(Mapping(step, "with"), "global-json-file") == "global.json");
    }

    private static YamlMappingNode Load(string name)
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Folder, name));
        yaml.Load(reader);
        return Assert.IsType<YamlMappingNode>(Assert.Single(yaml.Documents).RootNode);
    }

    private static YamlMappingNode Mapping(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? (YamlMappingNode)value : new YamlMappingNode();

    private static IEnumerable<YamlMappingNode> Sequence(YamlMappingNode node, string key) =>
        ((YamlSequenceNode)node.Children[new YamlScalarNode(key)]).Children.Cast<YamlMappingNode>();

    /// <summary>The scalar at a key; an empty text where there is none.</summary>
    private static string Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value.ToString() : string.Empty;
}
