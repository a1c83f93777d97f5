using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Targets;
using StsWebhook.Fuzz.Tests.Support;
using Xunit;

namespace StsWebhook.Fuzz.Tests;

/// <summary>A minute of fuzzing. The number of inputs is fixed and one seed determines them, so that it is the same on every machine.</summary>
[Collection(TracedTests.Name)]
public sealed class FuzzTests
{
    private const int Seed = 1;

    private static readonly string Corpus = Path.Combine(AppContext.BaseDirectory, "Corpus");
    private static readonly string Failures = Path.Combine(AppContext.BaseDirectory, "failures");

    [Theory]
    [InlineData("review", 50_000)]
    [InlineData("text", 20_000)]
    [InlineData("check", 12_000)]
    [InlineData("cloudtrail", 40_000)]
    [InlineData("patch", 60_000)]
    public void Target_KnownAndGeneratedInputs_PassEveryOracle(string name, int inputs)
    {
        var target = AllTargets.Named(name);
        using var blackBox = new BlackBox(Path.Combine(Failures, $"{name}.running"));
        var campaign = new Campaign(target, Seed, blackBox);
        campaign.Replay([.. target.Seeds(), .. new CorpusFolder(Corpus, target).Read()]);
        campaign.Explore(executions => executions >= inputs);

        var report = campaign.Report();
        TestContext.Current.SendDiagnosticMessage("{0}", report);
        Assert.True(report.Failures.Count == 0, string.Join('\n', report.Failures.Select(failure => FailureFile.Write(target, failure, Failures))));
    }

    [Fact]
    public void Targets_AllAreFuzzed() => Assert.Equal(5, AllTargets.All.Count);
}
