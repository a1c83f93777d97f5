using System.Diagnostics;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The settings file changes while the binary serves.</summary>
public sealed class SettingsReloadTests : IDisposable
{
    private const string Reloads = "sts_webhook_config_reloads_total";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task File_ValidChange_AppliesWithoutARestart()
    {
        var file = folder.Write("settings.json", """{"policy":{"enforce":"deny"}}""");
        await using var serving = await ServingProcess.StartAsync(["--config", file]);
        Assert.False(await IsAllowedAsync(serving));
        Assert.Equal(0, (await serving.Client.MetricsAsync()).Sum(Reloads));

        folder.Write("settings.json", """{"policy":{"enforce":"warn"}}""");

        await Eventually.HoldsAsync("the enforcement warn", () => IsAllowedAsync(serving));
        await Eventually.HoldsAsync("a reload that is counted", async () =>
            (await serving.Client.MetricsAsync()).Sum(Reloads, "result=success") == 1);
        Assert.Equal(0, (await serving.Client.MetricsAsync()).Sum(Reloads, "result=failure"));
        Assert.Single(serving.Process.Output, line => line.Contains("\"EventId\":20,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"policy\":{\"enforce\":\"block\"}}", "policy.enforce: 'block' is not allowed: expected deny, warn, audit")]
    [InlineData("{\"policy\":", "not JSON: line 1, byte 11")]
    [InlineData(null, "cannot be read")]
    public async Task File_InvalidChange_LeavesTheOldSettings(string? text, string reason)
    {
        var file = folder.Write("settings.json", """{"policy":{"enforce":"warn"}}""");
        await using var serving = await ServingProcess.StartAsync(["--config", file]);

        if (text is null)
        {
            File.Delete(file);
        }
        else
        {
            folder.Write("settings.json", text);
        }

        await Eventually.HoldsAsync("a refusal that is counted", async () =>
            (await serving.Client.MetricsAsync()).Sum(Reloads, "result=failure") == 1);
        Assert.True(await IsAllowedAsync(serving));
        var line = await Eventually.GetAsync("a refusal that is logged", () =>
            serving.Process.Output.FirstOrDefault(l => l.Contains("\"EventId\":21,", StringComparison.Ordinal)));
        Assert.Contains(reason, line.Replace("\\u0027", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.False(serving.Process.HasExited);

        folder.Write("settings.json", """{"policy":{"enforce":"deny"}}""");
        await Eventually.HoldsAsync("the enforcement deny after the repair", async () => !await IsAllowedAsync(serving));
    }

    [Fact]
    public async Task File_SwappedAsTheKubeletDoes_Applies()
    {
        Mount("..2026_01", "deny");
        File.CreateSymbolicLink(folder["..data"], "..2026_01");
        File.CreateSymbolicLink(folder["settings.json"], Path.Combine("..data", "settings.json"));
        await using var serving = await ServingProcess.StartAsync(["--config", folder["settings.json"]]);
        Assert.False(await IsAllowedAsync(serving));

        Mount("..2026_02", "audit");
        File.CreateSymbolicLink(folder["..data_tmp"], "..2026_02");
        using (var rename = Process.Start("mv", ["-T", folder["..data_tmp"], folder["..data"]]))
        {
            await rename.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, rename.ExitCode);
        }

        Directory.Delete(folder["..2026_01"], recursive: true);

        await Eventually.HoldsAsync("the enforcement audit", () => IsAllowedAsync(serving));
        Assert.Equal(0, (await serving.Client.MetricsAsync()).Sum(Reloads, "result=failure"));
    }

    [Fact]
    public async Task File_ChangeUnderAVariable_IsStillBeatenByIt()
    {
        var file = folder.Write("settings.json", """{"region":"eu-west-1"}""");
        await using var serving = await ServingProcess.StartAsync(["--config", file], ("STS_WEBHOOK__POLICY__ENFORCE", "deny"));

        folder.Write("settings.json", """{"policy":{"enforce":"warn"}}""");

        await Eventually.HoldsAsync("a reload that is counted", async () =>
            (await serving.Client.MetricsAsync()).Sum(Reloads, "result=success") == 1);
        Assert.False(await IsAllowedAsync(serving));
    }

    [Theory]
    [InlineData("{\"metrics\":{\"namespaceLabel\":true}}", true)]
    [InlineData("{\"logLevel\":\"debug\"}", false)]
    [InlineData("{\"policy\":{\"workloads\":\"deny\"}}", false)]
    public async Task File_Change_SaysWhetherARestartIsNeeded(string text, bool needsRestart)
    {
        var file = folder.Write("settings.json", "{}");
        await using var serving = await ServingProcess.StartAsync(["--config", file]);

        folder.Write("settings.json", text);

        var line = await Eventually.GetAsync("a reload that is logged", () =>
            serving.Process.Output.FirstOrDefault(l => l.Contains("\"EventId\":20,", StringComparison.Ordinal)));
        Assert.Contains($"\"NeedsRestart\":{(needsRestart ? "true" : "false")}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_LogLevel_HoldsFromTheNextLineOn()
    {
        var file = folder.Write("settings.json", """{"logLevel":"information"}""");
        await using var serving = await ServingProcess.StartAsync(["--config", file]);
        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));

        folder.Write("settings.json", """{"logLevel":"debug"}""");
        await Eventually.HoldsAsync("a line of the level debug", async () =>
        {
            await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound));
            return Logged("Debug") > 0;
        });

        // Of this change nothing is logged, so it is there when it is counted.
        folder.Write("settings.json", """{"logLevel":"error"}""");
        await Eventually.HoldsAsync("a second reload that is counted", async () =>
            (await serving.Client.MetricsAsync()).Sum(Reloads, "result=success") == 2);
        foreach (var recording in new[] { Recordings.Sound, Recordings.Global })
        {
            await serving.Client.PostAsync("/mutate", Recordings.Json(recording).With("/request/namespace", "later"));
        }

        await serving.Process.TerminateAsync();
        Assert.Equal(0, await serving.Process.ExitCodeAsync());
        Assert.DoesNotContain(serving.Process.Output, line => line.Contains("later", StringComparison.Ordinal));

        int Logged(string level) => serving.Process.Output.Count(line => line.Contains($"\"LogLevel\":\"{level}\"", StringComparison.Ordinal));
    }

    private static async Task<bool> IsAllowedAsync(ServingProcess serving) =>
        (await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Global))).Allowed;

    private void Mount(string name, string enforce)
    {
        Directory.CreateDirectory(folder[name]);
        folder.Write(Path.Combine(name, "settings.json"), $$$"""{"policy":{"enforce":"{{{enforce}}}"}}""");
    }
}
