using StsWebhook.Core.Admission;
using StsWebhook.Core.Json;

namespace StsWebhook.Fuzz.Targets;

/// <summary>A review and its answer.</summary>
/// <param name="Result">The decision.</param>
/// <param name="Answer">The answer's bytes.</param>
/// <param name="IsParsed">Whether the whole body was parsed; otherwise the answer is based on the header of the review alone.</param>
internal sealed record Reviewed(ReviewSummary Result, byte[] Answer, bool IsParsed)
{
    /// <summary>The findings, in an order that does not depend on the order of the object.</summary>
    public string Findings => string.Join('\n', Result.Findings.Select(f => $"{f.Severity} {f}").Order(StringComparer.Ordinal));

    /// <summary>Reviews a body like the program does.</summary>
    public static Reviewed Send(byte[] body, Situation situation)
    {
        var reviewer = new Reviewer(situation.Settings);
        using var answer = new PooledBuffer();
        if (!reviewer.TryParse(body, situation.Webhook, situation.Enforcement, out var review, out _))
        {
            return new Reviewed(reviewer.Review(body, situation.Webhook, situation.Enforcement, situation.Nodes, answer), answer.Written.ToArray(), IsParsed: false);
        }

        using (review)
        {
            var result = review.Decide(situation.View(review.ConfigMaps), answer);
            return new Reviewed(result, answer.Written.ToArray(), IsParsed: true);
        }
    }
}
