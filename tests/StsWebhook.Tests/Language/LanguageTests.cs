using System.Diagnostics;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Language;

/// <summary>Words that user-facing text does not use, as .ci/lint-language finds them.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData("values.yaml", "a: 1\n# Region of pods of which nothing else\n# tells it.\n", ":2: of which nothing: use ", ":3: tells: only people tell")]
    [InlineData("Log.cs", "[Message(\"what becomes \" +\n    \"of it\")]\n", ":1: what becomes \" + \"of: name the result")]
    [InlineData("policy.md", "It is a rule.\nThis is no mode.\n", ":2: is no mode: use \"is not a …\"")]
    [InlineData("CHANGELOG.md", "## Unreleased\n\nNobody is told.\n\n## 0.1.0\n\nAmiss.\n", ":3: Nobody: use \"no one\"", ":3: told: only people tell")]
    public async Task Lint_TextWithForbiddenWords_NamesLineAndReason(string file, string text, params string[] expected)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output) = await LintAsync(folder.Write(file, text));

        Assert.Equal(1, exitCode);
        var findings = output.Split('\n').Where(line => line.Contains(file + ':', StringComparison.Ordinal)).ToArray();
        Assert.Equal(expected.Length, findings.Length);
        Assert.All(expected, finding => Assert.Contains(findings, line => line.Contains(file + finding, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a.md", "There is no such region. It is no longer used. The names can be told apart.\n")]
    [InlineData("b.md", "The old help said \"whoever\". <!-- language-ok: quotation -->\n")]
    [InlineData("c.md", "<!-- language-off: quotations -->\nNobody is told.\nAmiss.\n<!-- language-on -->\n")]
    public async Task Lint_PlainOrQuotedText_Passes(string file, string text)
    {
        using var folder = new TemporaryFolder();

        var (exitCode, output) = await LintAsync(folder.Write(file, text));

        Assert.True(exitCode == 0, output);
    }

    [Fact]
    public async Task Lint_Repository_Passes()
    {
        var (exitCode, output) = await LintAsync();

        Assert.True(exitCode == 0, output);
    }

    private static async Task<(int ExitCode, string Output)> LintAsync(params string[] files)
    {
        Assert.SkipWhen(Repository.Tool("node") is null, "node is not here: the linters of `make lint` need it");
        using var lint = Process.Start(new ProcessStartInfo(Repository.Tool("node")!, [Repository.PathOf(".ci/lint-language"), .. files])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = lint.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = lint.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await lint.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (lint.ExitCode, await output + await error);
    }
}
