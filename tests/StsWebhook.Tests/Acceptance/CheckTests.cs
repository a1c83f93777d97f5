using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary><c>sts-webhook check</c> as a pipeline runs it.</summary>
public sealed class CheckTests : IDisposable
{
    private const string Sound = "apiVersion: v1\nkind: Pod\nmetadata: {name: sound}\nspec: {containers: [{name: app}]}\n";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Check_SoundManifest_ExitsWith0()
    {
        var (exitCode, output, error) = await NativeProcess.RunAsync(["check", folder.Write("sound.yaml", Sound), "--region", "eu-west-1"]);

        Assert.Equal("1 file, 1 object (0 ignored), 1 pod would get variables: no findings", output[^1]);
        Assert.Empty(error);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Check_NoRegion_IsReportedOnce()
    {
        var (exitCode, output, _) = await NativeProcess.RunAsync(["check", folder.Write("sound.yaml", Sound), folder.Write("other.yaml", Sound)]);

        Assert.Equal(
            "2 files, 2 objects (0 ignored), 2 pods would get variables (2 without a region: use --region or --nodes): no findings",
            Assert.Single(output));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Check_OffendingManifest_NamesItsLine_AndExitsWith1()
    {
        var file = folder.Write("ledger.yaml", ManifestInput.LegacyDeployment);

        var (exitCode, output, error) = await NativeProcess.RunAsync(["check", file, "--region", "eu-west-1"]);

        Assert.StartsWith($"{file}:11: error: Deployment payments/ledger: spec.template.spec.containers[0].env[AWS_STS", output[0], StringComparison.Ordinal);
        Assert.DoesNotContain(output, line => line.Contains('\e', StringComparison.Ordinal));
        Assert.Equal(2, output.Length);
        Assert.Empty(error);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Check_Folder_WithUnusableFiles_ChecksTheOthers_AndExitsWith2()
    {
        folder.Write("a.yaml", "a:\n\tb: 1\n");
        folder.Write("b.yaml", ManifestInput.LegacyDeployment);
        folder.Write("c.yaml", "a: 1\na: 2\n");

        var (exitCode, output, error) = await NativeProcess.RunAsync(["check", folder.Path]);

        Assert.Equal(
            [
                $"{folder["a.yaml"]}:2: unusable: not YAML: a tab indents this line; use spaces",
                $"{folder["c.yaml"]}:2: unusable: duplicate key 'a': already on line 1",
            ],
            error);
        Assert.Contains(output, line => line.StartsWith($"{folder["b.yaml"]}:11: error:", StringComparison.Ordinal));
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Check_StandardInput_AndFiles_AreCheckedTogether()
    {
        var (exitCode, output) = await ShellAsync($"""cat "$1" | "$0" check - "$2" """, folder.Write("a.yaml", ManifestInput.LegacyDeployment), folder.Write("b.yaml", Sound));

        Assert.StartsWith("stdin:11: error:", output[0], StringComparison.Ordinal);
        Assert.StartsWith("2 files, 2 objects", output[^1], StringComparison.Ordinal);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Check_OutputPipeClosedEarly_DoesNotFail()
    {
        var many = string.Concat(Enumerable.Repeat(ManifestInput.LegacyDeployment + "---\n", 2000));

        var (_, output) = await ShellAsync("""{ "$0" check "$1" 2>&1; echo "exit $?" >&2; } 2>&1 | head -n 1""", folder.Write("many.yaml", many));

        Assert.DoesNotContain("xception", string.Join('\n', output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NodesFile_DeterminesTheRegion()
    {
        var file = folder.Write("pod.yaml", Sound.Replace("{containers", "{nodeName: none, nodeSelector: {topology.kubernetes.io/region: eu-west-1}, containers", StringComparison.Ordinal));

        var (_, output, _) = await NativeProcess.RunAsync(["check", file, "--nodes", Recordings.Nodes, "--output", "json"]);

        Assert.Equal("eu-west-1", (string?)JsonNode.Parse(string.Join('\n', output))!["objects"]![0]!["region"]);
    }

    [Fact]
    public async Task Check_SettingsFileOfServe_Applies()
    {
        var config = folder.Write("settings.json", """
            {"httpsPort":9443,"region":"eu-west-1","policy":{"rules":{"legacy-mode":"warn"}},"injection":{"extraEnv":{"X_REGION":"{region}"}}}
            """);

        var (exitCode, output, _) = await NativeProcess.RunAsync(
            ["check", folder.Write("ledger.yaml", ManifestInput.LegacyDeployment), "--config", config, "--output", "patched"], ("STS_WEBHOOK__REGION", "eu-west-2"));

        Assert.Contains("        - name: X_REGION\n          value: eu-west-2", string.Join('\n', output), StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Check_Patched_PrintsNothingButManifests()
    {
        var (exitCode, output, error) = await NativeProcess.RunAsync(
            ["check", folder.Write("a.yaml", ManifestInput.LegacyDeployment), folder.Write("b.yaml", Sound), "--region", "eu-west-1", "--output", "patched"]);

        var documents = ManifestInput.File(string.Join('\n', output)).Documents;
        Assert.Equal(2, documents.Count);
        Assert.DoesNotContain("AWS_REGION", ManifestInput.Json(documents[0]), StringComparison.Ordinal);
        Assert.Contains("""{"name":"AWS_REGION","value":"eu-west-1"}""", ManifestInput.Json(documents[1]), StringComparison.Ordinal);
        Assert.Contains(error, line => line.Contains("legacy-mode", StringComparison.Ordinal));
        Assert.Equal(1, exitCode);
    }

    [Theory]
    [InlineData("warn", "warning")]
    [InlineData("audit", "note")]
    public async Task Check_Enforce_DeniesNothing(string enforce, string level)
    {
        var (exitCode, output, _) = await NativeProcess.RunAsync(
            ["check", folder.Write("ledger.yaml", ManifestInput.LegacyDeployment), "--region", "eu-west-1", "--enforce", enforce]);

        Assert.Contains($":11: {level}: ", output[0], StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Theory]
    [InlineData("--output: 'xml' is not allowed: expected table, json, sarif, patched", "check", "-", "--output", "xml")]
    [InlineData("--enforce: policy.enforce: 'block' is not allowed: expected deny, warn, audit", "check", "-", "--enforce", "block")]
    [InlineData("--region: region: 'Ireland' is not allowed", "check", "-", "--region", "Ireland")]
    [InlineData("/nowhere/nodes.json: cannot be read", "check", "-", "--nodes", "/nowhere/nodes.json")]
    [InlineData("Required argument 'PATH' missing", "check")]
    [InlineData("/nowhere/x.yaml: unusable: cannot be read", "check", "/nowhere/x.yaml")]
    public async Task CommandLine_Invalid_ReportsOneLine(string expected, params string[] arguments)
    {
        var (exitCode, _, error) = await NativeProcess.RunAsync(arguments);

        Assert.Contains(expected, Assert.Single(error), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Theory]
    [InlineData("xterm", "", true)]
    [InlineData("xterm", "1", false)]
    [InlineData("dumb", "", false)]
    public async Task Colours_AreForTerminals_ThatWantThem(string term, string noColour, bool hasColours)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script(1), which gives a program a terminal, is not here");

        var (_, output) = await ShellAsync(
            $"""TERM={term} NO_COLOR={noColour} script --quiet --return --command "\"$0\" check \"$1\"" /dev/null """, folder.Write("ledger.yaml", ManifestInput.LegacyDeployment));

        Assert.Equal(hasColours, output[0].Contains("\e[1;31merror:", StringComparison.Ordinal));
    }

    /// <summary>Runs a script whose <c>$0</c> is the binary.</summary>
    private static async Task<(int ExitCode, string[] Output)> ShellAsync(string script, params string[] arguments)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh", ["-c", script, PublishedBinary.Path, .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return (shell.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
