using StsWebhook.Core.Admission;
using StsWebhook.Core.Json;

namespace StsWebhook.Fuzz.Targets;

/// <summary>A review that was sent, and what came back.</summary>
/// <param name="Result">What was decided.</param>
/// <param name="Answer">What was written.</param>
internal sealed record Reviewed(ReviewResult Result, byte[] Answer)
{
    /// <summary>What was found, in an order that the order of the object does not change.</summary>
    public string Findings => string.Join('\n', Result.Findings.Select(f => $"{f.Severity} {f}").Order(StringComparer.Ordinal));

    /// <summary>Sends a review as the program does.</summary>
    public static Reviewed Send(byte[] body, Situation situation)
    {
        var reviewer = new Reviewer(situation.Settings);
        using var answer = new PooledBuffer();
        if (!reviewer.TryParse(body, situation.Webhook, situation.Enforcement, out var review, out _))
        {
            return new Reviewed(reviewer.Review(body, situation.Webhook, situation.Enforcement, situation.Nodes, answer), answer.Written.ToArray());
        }

        using (review)
        {
            var result = review.Decide(situation.View(review.ConfigMaps), answer);
            return new Reviewed(result, answer.Written.ToArray());
        }
    }
}
