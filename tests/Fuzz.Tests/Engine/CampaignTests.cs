using System.Text;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Oracles;
using StsWebhook.Fuzz.Targets;
using StsWebhook.Fuzz.Tests.Support;
using Xunit;

namespace StsWebhook.Fuzz.Tests.Engine;

[Collection(TracedTests.Name)]
public sealed class CampaignTests
{
    [Fact]
    public void Explore_PlantedDefect_IsFoundAndMinimised()
    {
        var target = new TextIn(text => Holds.That(!text.Contains("aws-global", StringComparison.Ordinal), "is not global", () => text));
        var campaign = new Campaign(target, seed: 1);
        campaign.Replay(target.Seeds());

        campaign.Explore(executions => executions >= 20_000);

        var failure = Assert.Single(campaign.Report().Failures);
        Assert.Equal(("is not global", "aws-global"), (failure.Cause, Encoding.UTF8.GetString(failure.Input)));
    }

    [Fact]
    public void Explore_Exceptions_AreDistinguishedByTheirOrigin()
    {
        var target = new TextIn(text => _ = text.Length > 20 ? text[1000] : text.Contains('a', StringComparison.Ordinal) ? int.Parse("a", null) : 0);
        var campaign = new Campaign(target, seed: 1);
        campaign.Replay(target.Seeds());

        campaign.Explore(executions => executions >= 10_000);

        Assert.Equal(2, campaign.Report().Failures.Count);
    }

    [Fact]
    public void Explore_SameSeed_RunsTheSameInputs()
    {
        // The first run differs: it includes code that runs only once in a process.
        var runs = Enumerable.Range(0, 3).Select(_ => Run(seed: 7)).ToArray();

        Assert.Equal(runs[1], runs[2]);
        Assert.NotEqual(runs[1], Run(seed: 8));

        static string[] Run(int seed)
        {
            var target = AllTargets.Named("patch");
            var campaign = new Campaign(target, seed);
            campaign.Replay(target.Seeds());
            campaign.Explore(executions => executions >= 2_000);
            return [.. campaign.Corpus.Select(Convert.ToBase64String)];
        }
    }

    [Fact]
    public void Corpus_Written_KeepsOnlyInputsWithNewEdges()
    {
        var target = new TextIn(_ => { });
        var root = Directory.CreateTempSubdirectory();
        try
        {
            var folder = new CorpusFolder(root.FullName, target);

            folder.Write(["{}"u8.ToArray(), "{\"a\":\"\\ud800\"}"u8.ToArray(), "{\"a\":\"\\ud800\" }"u8.ToArray()]);

            Assert.Equal(["{\"a\":\"\\ud800\"}"], folder.Read().Select(Encoding.UTF8.GetString), StringComparer.Ordinal);
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }
}
