using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Mutation;
using StsWebhook.Fuzz.Oracles;

namespace StsWebhook.Fuzz.Targets;

/// <summary>The bodies of <c>/mutate</c>, <c>/validate</c> and <c>/bind</c>.</summary>
internal sealed class ReviewTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "review";

    /// <inheritdoc/>
    public int CostFactor => 1;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        var random = new Random(0);
        foreach (var recording in Fixtures.Files("recordings", "*.json"))
        {
            yield return Headed.Join(Situation.Any(random), recording);
            yield return Headed.Join("mutate audit two-regions extra region", recording);
        }

        foreach (var policyCase in DeepJson.Parse(Fixtures.Bytes("policy-cases.json"))!.AsArray())
        {
            var body = ReviewBody.Of("", policyCase!["object"]!["kind"]!.ToString() == "ConfigMap" ? "configmaps" : "pods", policyCase["object"]!);
            yield return Headed.Join(Situation.Any(random), body);
        }
    }

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, byte[] other, Random random) =>
        Headed.Mutate(input, other, random, static (_, random) => Situation.Any(random), JsonMutator.Mutate);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Smaller(byte[] input) => Headed.Smaller(input, JsonMutator.Smaller);

    /// <inheritdoc/>
    public Action Run(byte[] input)
    {
        var (head, body) = Headed.Split(input);
        var situation = Situation.Of(head);
        var reviewed = Reviewed.Send(body, situation);
        return () => Judge(body, situation, reviewed);
    }

    private static void Judge(byte[] body, Situation situation, Reviewed reviewed)
    {
        var result = reviewed.Result;
        Holds.That(result.IsAnswered == reviewed.Answer.Length > 0, "a body that is not a review has no answer", () => $"{result.Error} {reviewed.Answer.Length}");
        if (!result.IsAnswered)
        {
            Holds.That(result.Error.Length > 0 && !result.Error.Any(char.IsControl), "the error of a body is one line", () => result.Error);
            return;
        }

        var answer = AdmissionAnswer.Read(reviewed.Answer, result.Uid);
        Holds.That(answer.IsAllowed == (result.Decision != AdmissionDecision.Denied), "the answer is what was decided", () => $"{result.Decision}");
        Holds.That(situation.Webhook != Webhook.Bind || answer.IsAllowed, "a Binding is never denied", () => Encoding.UTF8.GetString(reviewed.Answer));
        Holds.That(situation.Webhook != Webhook.Validate || answer.Patch is null, "validation patches nothing", () => Encoding.UTF8.GetString(reviewed.Answer));

        // A body that is not parsed may be broken, and Go reads more than the oracle: bytes that are not UTF-8, any depth.
        if (!reviewed.IsParsed || JsonTree.TryParse(body) is not { } tree || tree.HasDuplicates)
        {
            return;
        }

        var review = DeepJson.Parse(body)!.AsObject();
        var patched = answer.Patch is { } patch ? PatchedObject.Of(review["request"]!["object"]!.AsObject(), patch).Json : null;
        JudgeDisguised(tree, situation, reviewed, patched, review);
        if (patched is not null)
        {
            JudgeAgain(review, patched, situation);
        }

        if (situation.Webhook == Webhook.Mutate && result.Resource is "pods" or "pods/ephemeralcontainers")
        {
            var validated = Reviewed.Send(body, situation with { Webhook = Webhook.Validate });
            Holds.Same(reviewed.Findings, validated.Findings, "mutation and validation find the same");
        }
    }

    /// <summary>Whitespace, escapes and the order of members do not affect the result.</summary>
    private static void JudgeDisguised(JsonTree tree, Situation situation, Reviewed reviewed, JsonObject? patched, JsonObject review)
    {
        var disguised = Reviewed.Send(tree.ToUtf8(JsonLook.Disguised), situation);
        Holds.Same($"{reviewed.Result.Decision}", $"{disguised.Result.Decision}", "the look of JSON decides nothing");
        Holds.Same(reviewed.Findings, disguised.Findings, "the look of JSON hides nothing");
        var patch = AdmissionAnswer.Read(disguised.Answer, reviewed.Result.Uid).Patch;
        var other = patch is null ? null : PatchedObject.Of(review["request"]!["object"]!.AsObject(), patch).Json;
        Holds.That(JsonNode.DeepEquals(patched, other), "the format of JSON does not change the patch", () => $"{patched} {other}");
    }

    /// <summary>The API server calls a webhook again when another webhook has changed the object.</summary>
    private static void JudgeAgain(JsonObject review, JsonObject patched, Situation situation)
    {
        review["request"]!["object"] = patched;
        var again = Reviewed.Send(Encoding.UTF8.GetBytes(review.ToJsonString()), situation);
        Holds.That(again.Result.IsAnswered, "a patched object can be reviewed", () => again.Result.Error!);
        var answer = AdmissionAnswer.Read(again.Answer, again.Result.Uid);
        Holds.That(answer.IsAllowed || NamesRegionByReference(patched), "a patched object is allowed", () => Encoding.UTF8.GetString(again.Answer));
        Holds.That(answer.Patch is null, "a second pass has no patch", () => Encoding.UTF8.GetString(answer.Patch!));
    }

    /// <summary>Whether extra variables contain a region, which could be any text, even a part of the global host.</summary>
    private static bool NamesRegionByReference(JsonObject pod) => JsonTree.TryParse(Encoding.UTF8.GetBytes(pod.ToJsonString()))!.All()
        .Any(entry => entry.Children.Exists(c => c.Key == "name" && c.Value.Text is "AWS_REGION" or "AWS_DEFAULT_REGION")
            && entry.Children.Exists(c => c.Key == "value" && c.Value.Text.Contains("$(", StringComparison.Ordinal)));
}
