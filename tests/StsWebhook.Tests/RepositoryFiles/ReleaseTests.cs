using System.Diagnostics;
using System.Text.RegularExpressions;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.RepositoryFiles;

/// <summary>Runs .ci/release in a temporary repository that holds the files of this one.</summary>
public sealed class ReleaseTests : IDisposable
{
    private const string NoHelm = "helm is not installed: .ci/install-chart-tools fetches it";

    private const string Changelog =
        "# Changelog\n\n## Unreleased\n\n### Added\n\n- A thing.\n- Another thing.\n\n## 1.2.0 - 2026-01-31\n\n- Old.\n";

    private static readonly string[] Files = [".ci", "charts", "deploy", "CHANGELOG.md", "Directory.Build.props"];

    private static readonly (string, string)[] Author =
    [
        ("GIT_AUTHOR_NAME", "test"), ("GIT_AUTHOR_EMAIL", "test@example.com"),
        ("GIT_COMMITTER_NAME", "test"), ("GIT_COMMITTER_EMAIL", "test@example.com"),
    ];

    private readonly TemporaryFolder folder = new();

    public ReleaseTests()
    {
        Run("cp", ["--recursive", .. Files.Select(Repository.PathOf), folder.Path]);
        Git("init", "--quiet", "--initial-branch", "main");
        Write("CHANGELOG.md", Changelog);
        Write("Directory.Build.props", Regex.Replace(
            Read("Directory.Build.props"), "<VersionPrefix>.*</VersionPrefix>", "<VersionPrefix>1.2.0</VersionPrefix>",
            RegexOptions.None, Regex.InfiniteMatchTimeout));
        Commit("Release 1.2.0");
        Git("tag", "v1.2.0");
    }

    [Fact]
    public void Release_NewerVersion_IsWrittenCommittedAndTagged()
    {
        Assert.SkipWhen(Repository.Tool("helm") is null, NoHelm);

        var (exitCode, output) = Release("1.10.0");

        Assert.Equal(0, exitCode);
        Assert.Equal("committed and tagged v1.10.0: push with git push --atomic origin main v1.10.0\n", output);
        Assert.Contains("<VersionPrefix>1.10.0</VersionPrefix>", Read("Directory.Build.props"), StringComparison.Ordinal);
        Assert.Contains(
            "\nversion: 1.10.0\nappVersion: \"1.10.0\"\n", Read("charts/sts-webhook/Chart.yaml"), StringComparison.Ordinal);
        Assert.Contains("image: ghcr.io/sts-webhook/sts-webhook:1.10.0\n", Read("deploy/install.yaml"), StringComparison.Ordinal);
        Assert.Matches(
            @"^# Changelog\n\n## Unreleased\n\n## 1\.10\.0 - \d{4}-\d\d-\d\d\n\n" +
            @"### Added\n\n- A thing\.\n- Another thing\.\n\n## 1\.2\.0",
            Read("CHANGELOG.md"));
        Assert.Equal(string.Empty, Git("status", "--porcelain"));
        Assert.Equal("Release 1.10.0\n", Git("log", "-1", "--format=%s"));
        Assert.Equal(Git("rev-parse", "HEAD"), Git("rev-parse", "v1.10.0^{commit}"));
        Assert.Equal("tag\n", Git("cat-file", "-t", "v1.10.0"));
    }

    [Fact]
    public void Release_OfTheVersionThatTheFilesName_IsPossibleOnce()
    {
        Assert.SkipWhen(Repository.Tool("helm") is null, NoHelm);
        Git("tag", "--delete", "v1.2.0");

        Assert.Equal(0, Release("1.2.0").ExitCode);
        Assert.Equal((1, "release: 1.2.0 is not newer than the last release, v1.2.0\n"), Release("1.2.0"));
    }

    [Fact]
    public void DryRun_SaysWhatWouldHappen_AndChangesNothing()
    {
        var before = Git("rev-parse", "HEAD");

        var (exitCode, output) = Release("1.3.0", dryRun: "1");

        Assert.Equal(0, exitCode);
        Assert.Contains("VersionPrefix 1.2.0 -> 1.3.0\n", output, StringComparison.Ordinal);
        Assert.Contains("gets the 2 entries of \"## Unreleased\"\n", output, StringComparison.Ordinal);
        Assert.Contains("commit \"Release 1.3.0\", tag v1.3.0\n", output, StringComparison.Ordinal);
        Assert.EndsWith("dry run: nothing was changed\n", output, StringComparison.Ordinal);
        Assert.Equal(string.Empty, Git("status", "--porcelain"));
        Assert.Equal(before, Git("rev-parse", "HEAD"));
        Assert.Equal("v1.2.0\n", Git("tag"));
    }

    [Theory]
    [InlineData("", "'' is not a version: use make release VERSION=X.Y.Z")]
    [InlineData("v1.3.0", "'v1.3.0' is not a version: use make release VERSION=X.Y.Z")]
    [InlineData("1.03.0", "'1.03.0' is not a version: use make release VERSION=X.Y.Z")]
    [InlineData("1.2.0", "1.2.0 is not newer than the last release, v1.2.0")]
    [InlineData("1.1.9", "1.1.9 is not newer than the last release, v1.2.0")]
    public void Release_VersionThatIsNotNewer_IsRefused(string version, string message) => AssertRefused(version, message);

    [Fact]
    public void Release_VersionOlderThanTheFilesName_IsRefused()
    {
        Git("tag", "--delete", "v1.2.0");

        AssertRefused("1.1.0", "1.1.0 is older than 1.2.0, which Directory.Build.props names");
    }

    [Fact]
    public void Release_DirtyTree_IsRefused()
    {
        Write("new.txt", "not committed");

        AssertRefused("1.3.0", "the work tree has uncommitted changes: commit or remove them first");
    }

    [Fact]
    public void Release_OtherBranch_IsRefused()
    {
        Git("checkout", "--quiet", "-b", "fix");

        AssertRefused("1.3.0", "the current branch is fix: releases are made from main");
    }

    [Theory]
    [InlineData(
        "## Unreleased\n\n### Added\n\n## 1.2.0\n\n- Old.\n",
        "the section \"Unreleased\" of CHANGELOG.md is empty: add what changed")]
    [InlineData("## 1.2.0\n\n- Old.\n", "CHANGELOG.md has no section \"## Unreleased\"")]
    public void Release_NothingInTheChangelog_IsRefused(string changelog, string message)
    {
        Write("CHANGELOG.md", changelog);
        Commit("Empty the changelog");

        AssertRefused("1.3.0", message);
    }

    public void Dispose() => folder.Dispose();

    /// <summary>A refusal is one line, changes nothing, and is the same in a dry run.</summary>
    private void AssertRefused(string version, string message)
    {
        var before = Git("status", "--porcelain") + Git("rev-parse", "HEAD") + Git("tag");

        Assert.Equal((1, $"release: {message}\n"), Release(version));
        Assert.Equal((1, $"release: {message}\n"), Release(version, dryRun: "1"));
        Assert.Equal(before, Git("status", "--porcelain") + Git("rev-parse", "HEAD") + Git("tag"));
    }

    private (int ExitCode, string Output) Release(string version, string dryRun = "") =>
        TryRun("bash", [".ci/release", version], ("DRY_RUN", dryRun));

    private void Commit(string message)
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--allow-empty", "--message", message);
    }

    private string Git(params string[] arguments) => Run("git", arguments);

    private string Read(string name) => File.ReadAllText(folder[name]);

    private void Write(string name, string text) => File.WriteAllText(folder[name], text);

    private string Run(string program, string[] arguments)
    {
        var (exitCode, output) = TryRun(program, arguments);
        Assert.True(exitCode == 0, $"{program} {string.Join(' ', arguments)}: {output}");
        return output;
    }

    private (int ExitCode, string Output) TryRun(
        string program, string[] arguments, params ReadOnlySpan<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{Repository.PathOf(".tools/bin")}:{start.Environment["PATH"]}";
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[.. Author, .. variables])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
