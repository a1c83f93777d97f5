using System.Collections;
using Microsoft.Extensions.Logging;
using StsWebhook.Settings;
using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Settings;

public sealed class SettingsWatcherTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LineLog log = new();
    private readonly LogLevelSwitch logLevel = new(LogLevel.Information);
    private readonly ReviewerProvider reviewers = new(new ReloadableSettings());

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Poll_UnchangedFile_KeepsTheReviewer()
    {
        using var watcher = Watch("{}");
        var reviewer = reviewers.Reviewer;

        watcher.Poll();

        Assert.Same(reviewer, reviewers.Reviewer);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void Poll_ChangedFile_AppliesReloadableSettings()
    {
        using var watcher = Watch("{}");
        var reviewer = reviewers.Reviewer;

        folder.Write("settings.json", """{"logLevel":"debug","region":"eu-west-1"}""");
        watcher.Poll();

        Assert.NotSame(reviewer, reviewers.Reviewer);
        Assert.True(reviewers.HasConfiguredRegion);
        Assert.Equal(LogLevel.Debug, logLevel.Level);
        Assert.Single(log.Lines);
    }

    [Theory]
    [InlineData("""{"policy":{"enforce":"warn"}}""", false)]
    [InlineData("""{"logLevel":"debug"}""", false)]
    [InlineData("""{"injection":{"readConfigMaps":false}}""", true)]
    [InlineData("""{"certificates":{"secret":"another"}}""", true)]
    public void Poll_ChangedFile_ReportsWhetherARestartIsNeeded(string json, bool needsRestart)
    {
        using var watcher = Watch("{}");
        var expected = new LineLog();
        expected.For<SettingsWatcher>().SettingsReloaded(needsRestart);

        folder.Write("settings.json", json);
        watcher.Poll();

        Assert.Equal(expected.Lines, log.Lines, StringComparer.Ordinal);
    }

    [Fact]
    public void Poll_InvalidFile_KeepsTheSettingsAndReportsItOnce()
    {
        using var watcher = Watch("""{"region":"eu-west-1"}""");
        var reviewer = reviewers.Reviewer;

        folder.Write("settings.json", """{"region":"nowhere"}""");
        watcher.Poll();
        watcher.Poll();

        Assert.Same(reviewer, reviewers.Reviewer);
        Assert.Contains("'nowhere' is not allowed", Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    private SettingsWatcher Watch(string json)
    {
        var loader = new SettingsLoader(folder.Write("settings.json", json), [], new Hashtable());
        var settings = loader.Load();
        return new SettingsWatcher(
            loader, settings.Startup, reviewers, logLevel, new ServerMetrics(byNamespace: false), TimeProvider.System, log.For<SettingsWatcher>());
    }
}
