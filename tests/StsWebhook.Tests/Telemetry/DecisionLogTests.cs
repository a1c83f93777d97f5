using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Json;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Telemetry;

public sealed class DecisionLogTests
{
    /// <summary>Names are validated only after the webhook: one create wrote a line of 5 MB (security report, L6).</summary>
    [Fact]
    public void Decided_NamesOfAMegabyte_LineIsAFewKibibytes()
    {
        var name = new string('n', 1_000_000);
        var annotations = new JsonObject();
        for (var i = 0; i < 30; i++)
        {
            annotations[$"{i}{new string('a', 100_000)}"] = "https://sts.amazonaws.com";
        }

        var review = Recordings.Json(Recordings.Sound)
            .With("/request/object/metadata/name", name)
            .With("/request/object/metadata/ownerReferences", new JsonArray(new JsonObject { ["kind"] = name, ["name"] = name }))
            .With("/request/object/metadata/annotations", annotations);
        using var answer = new PooledBuffer();
        var result = new Reviewer(new ReviewSettings()).Review(
            Encoding.UTF8.GetBytes(review.ToJsonString()), Webhook.Mutate, Enforcement.Deny, NodeTable.Empty, answer);
        var log = new LineLog();

        log.For<DecisionLogTests>().Decided(Webhook.Mutate, result);

        var line = Assert.Single(log.Lines);
        Assert.InRange(line.Length, 1000, 4096);
        Assert.Contains(" and 2", line, StringComparison.Ordinal);
    }

    [Fact]
    public void Decided_NotJudged_LogsTheReason()
    {
        using var answer = new PooledBuffer();
        var result = new Reviewer(new ReviewSettings()).AnswerUnjudged(
            new ReviewHeader { Uid = "u", Resource = "pods", Operation = "CREATE", Namespace = "payments", Name = "p" },
            Webhook.Mutate, Enforcement.Audit, new UnjudgedReason("is too large", "make it smaller"), answer);
        var log = new LineLog();

        log.For<DecisionLogTests>().Decided(Webhook.Mutate, result);

        Assert.Contains("mutate did not judge pods payments/p: is too large (uid u)", log.Lines.First(), StringComparison.Ordinal);
    }
}
