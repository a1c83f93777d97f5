using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

/// <summary>What the API server accepts is judged, and what cannot be judged has a review as its answer.</summary>
public sealed class UnjudgedReviewTests
{
    private const string Global = """{"env":[{"name":"AWS_ENDPOINT_URL_STS","value":"https://sts.amazonaws.com"}]}""";

    private static readonly UnjudgedReason Reason = new("could not be evaluated, because of a test", "retry");

    /// <summary>The API server passes <c>fieldsV1</c> on as it is.</summary>
    [Theory]
    [InlineData("260 levels")]
    [InlineData("10000 levels")]
    [InlineData("invalid UTF-8")]
    [InlineData("half of a surrogate pair")]
    public void Review_ManagedFieldsThatOnlyGoReads_IsJudged(string what)
    {
        var review = Review.OfPod(new PodBuilder().Container(Global).Json());
        review["request"]!["object"]!["metadata"] = new JsonObject
        {
            ["managedFields"] = new JsonArray(new JsonObject { ["fieldsV1"] = "FIELDS" }),
        };
        var depth = what.EndsWith("levels", StringComparison.Ordinal) ? int.Parse(what.Split(' ')[0], null) : 0;
        var fields = depth > 0 ? string.Concat(Enumerable.Repeat("{\"f:a\":", depth)) + "{}" + new string('}', depth)
            : what == "invalid UTF-8" ? "{\"f:\u00FF\":{}}"
            : "{\"f:\\ud800\":{}}";

        // Latin-1 writes U+00FF as the byte 0xFF.
        var body = Encoding.Latin1.GetBytes(review.ToJsonString().Replace("\"FIELDS\"", fields, StringComparison.Ordinal));
        var result = new Reviewer(new ReviewSettings()).Review(body, Webhook.Mutate, null, Fixture.OneRegion, new ArrayBufferWriter<byte>());

        Assert.Equal(AdmissionDecision.Denied, result.Decision);
        Assert.Equal("global-endpoint", Assert.Single(result.Findings).Rule.Name);
        Assert.Null(result.Unjudged);
    }

    [Theory]
    [InlineData(Enforcement.Deny, AdmissionDecision.Denied)]
    [InlineData(Enforcement.Warn, AdmissionDecision.Warned)]
    [InlineData(Enforcement.Audit, AdmissionDecision.Allowed)]
    public void AnswerUnjudged_Pod_FollowsTheEnforcement(Enforcement enforcement, AdmissionDecision expected)
    {
        var (result, response) = Unjudged("", "pods", "CREATE", Webhook.Validate, enforcement);

        Assert.Equal(expected, result.Decision);
        Assert.Equal("u", (string?)response["uid"]);
        Assert.Equal(expected != AdmissionDecision.Denied, (bool?)response["allowed"]);
        Assert.Equal("unjudged=request.object", (string?)response["auditAnnotations"]!["violations"]);
        const string Line = "request.object could not be evaluated, because of a test; retry (unjudged)";
        Assert.Equal(expected == AdmissionDecision.Denied ? Line : null, (string?)response["status"]?["message"]);
        Assert.Equal(expected == AdmissionDecision.Denied ? 403 : null, (int?)response["status"]?["code"]);
        Assert.Equal(expected == AdmissionDecision.Warned ? Line : null, (string?)response["warnings"]?[0]);
        Assert.Equal("could not be evaluated, because of a test", result.Unjudged);
    }

    [Theory]
    [InlineData("", "", "", Webhook.Mutate, AdmissionDecision.Denied)]
    [InlineData("", "pods/ephemeralcontainers", "UPDATE", Webhook.Mutate, AdmissionDecision.Denied)]
    [InlineData("", "pods", "UPDATE", Webhook.Mutate, AdmissionDecision.Ignored)]
    [InlineData("", "pods", "DELETE", Webhook.Validate, AdmissionDecision.Ignored)]
    [InlineData("", "secrets", "CREATE", Webhook.Validate, AdmissionDecision.Ignored)]
    [InlineData("", "configmaps", "UPDATE", Webhook.Validate, AdmissionDecision.Warned)]
    [InlineData("apps", "deployments", "CREATE", Webhook.Validate, AdmissionDecision.Warned)]
    [InlineData("apps", "deployments", "CREATE", Webhook.Mutate, AdmissionDecision.Ignored)]
    [InlineData("", "pods/binding", "CREATE", Webhook.Bind, AdmissionDecision.Warned)]
    [InlineData("", "", "", Webhook.Bind, AdmissionDecision.Warned)]
    [InlineData("", "pods", "CREATE", Webhook.Bind, AdmissionDecision.Ignored)]
    public void AnswerUnjudged_Resource_LimitsTheSeverity(
        string group, string resource, string operation, Webhook webhook, AdmissionDecision expected) =>
        Assert.Equal(expected, Unjudged(group, resource, operation, webhook, Enforcement.Deny).Result.Decision);

    [Theory]
    [InlineData(Severity.Warn, AdmissionDecision.Warned)]
    [InlineData(Severity.Off, AdmissionDecision.Allowed)]
    public void AnswerUnjudged_SeverityIsASetting(Severity severity, AdmissionDecision expected)
    {
        var policy = new PolicySettings { Rules = new Dictionary<Rule, Severity> { [UnjudgedRule.Instance] = severity } };

        Assert.Equal(
            expected,
            Unjudged("", "pods", "CREATE", Webhook.Mutate, null, new ReviewSettings { Policy = policy }).Result.Decision);
    }

    [Fact]
    public void Decide_Cancelled_StopsWithoutAnAnswer()
    {
        var body = Encoding.UTF8.GetBytes(Review.OfPod(new PodBuilder().Container(Global).Json()).ToJsonString());
        Assert.True(new Reviewer(new ReviewSettings()).TryParse(body, Webhook.Mutate, null, out var review, out _));
        using var parsed = review;
        var answer = new ArrayBufferWriter<byte>();

        Assert.Throws<OperationCanceledException>(() =>
            review.Decide(new ClusterSnapshot(NodeTable.Empty), answer, new CancellationToken(canceled: true)));
        Assert.Equal(0, answer.WrittenCount);
    }

    private static (ReviewSummary Result, JsonNode Response) Unjudged(
        string group, string resource, string operation, Webhook webhook, Enforcement? enforcement, ReviewSettings? settings = null)
    {
        var answer = new ArrayBufferWriter<byte>();
        var result = new Reviewer(settings ?? new ReviewSettings()).AnswerUnjudged(
            new ReviewHeader { Uid = "u", Group = group, Resource = resource, Operation = operation }, webhook, enforcement, Reason, answer);
        return (result, JsonNode.Parse(answer.WrittenSpan)!["response"]!);
    }
}
