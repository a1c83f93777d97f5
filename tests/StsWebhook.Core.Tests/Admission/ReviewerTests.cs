using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

public class ReviewerTests
{
    private const string Bad = """{"env":[{"name":"AWS_ENDPOINT_URL_STS","value":"https://sts.amazonaws.com"}]}""";

    private static readonly string[] Changes = ["CREATE", "UPDATE"];

    [Theory]
    [InlineData("")]
    [InlineData("no JSON")]
    [InlineData("[]")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}""")]
    public void Review_NoReview_WritesNothing(string body)
    {
        var answer = new ArrayBufferWriter<byte>();
        var result = new Reviewer(new ReviewSettings()).Review(
            Encoding.UTF8.GetBytes(body), Webhook.Mutate, enforcement: null, NodeTable.Empty, answer);

        Assert.False(result.IsAnswered);
        Assert.NotEmpty(result.Error);
        Assert.Equal(0, answer.WrittenCount);
    }

    [Fact]
    public void Review_FieldOfTheWrongType_ReportsOneShortLine()
    {
        var annotations = new JsonObject { ["a\n" + new string('x', 1000)] = new JsonObject() };
        var review = Support.Review.OfPod(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } });

        var result = new Reviewer(new ReviewSettings()).Review(
            Encoding.UTF8.GetBytes(review.ToJsonString()), Webhook.Mutate, enforcement: null, NodeTable.Empty, new ArrayBufferWriter<byte>());

        Assert.StartsWith("cannot be read (request.object.metadata.annotations[a x", result.Unjudged, StringComparison.Ordinal);
        Assert.Equal("cannot be read ()".Length + 256, result.Unjudged!.Length);
        Assert.Equal(AdmissionDecision.Denied, result.Decision);
    }

    [Theory]
    [InlineData("", "pods", "UPDATE")]
    [InlineData("", "pods", "DELETE")]
    [InlineData("", "pods", "CONNECT")]
    [InlineData("", "services", "CREATE")]
    [InlineData("example.com", "pods", "CREATE")]
    [InlineData("apps", "jobs", "CREATE")]
    [InlineData("apps", "deployments", "DELETE")]
    public void Review_WhatDoesNotConcernUs_IsIgnoredByEveryWebhook(string group, string resource, string operation)
    {
        var review = Review.Of(group, resource, operation, new PodBuilder().Container(Bad).Json());

        Assert.All(Enum.GetValues<Webhook>(), webhook =>
        {
            var answer = Answer.To(review, webhook, Fixture.TwoRegions);
            Assert.Equal(AdmissionDecision.Ignored, answer.Result.Decision);
            Assert.True(answer.IsAllowed);
            Assert.False(answer.HasPatch);
            Assert.Equal(Review.Uid, (string?)answer.Response["uid"]);
        });
    }

    [Fact]
    public void Review_MirrorPod_IsIgnored()
    {
        var review = Review.OfPod(new PodBuilder().Annotation("kubernetes.io/config.mirror", "x").Container(Bad).Json());

        Assert.Equal(AdmissionDecision.Ignored, Answer.To(review, Webhook.Mutate, Fixture.TwoRegions).Result.Decision);
    }

    [Theory]
    [InlineData(Enforcement.Deny)]
    [InlineData(Enforcement.Warn)]
    [InlineData(Enforcement.Audit)]
    public void Review_InvalidRegionAnnotation_IsDeniedWithACause(Enforcement enforcement)
    {
        var review = Review.OfPod(new PodBuilder().Annotation("sts-webhook.io/region", "eu-west").Container().Json());
        var answer = Answer.To(review, Webhook.Mutate, Fixture.TwoRegions, enforcement: enforcement);

        Assert.False(answer.IsAllowed);
        Assert.False(answer.HasPatch);
        var status = answer.Response["status"]!;
        Assert.Equal(
            "metadata.annotations[sts-webhook.io/region] does not name a region of any AWS partition; use a region such as eu-west-1 or remove the annotation (invalid-region)",
            (string?)status["message"]);
        Assert.Equal("metadata.annotations[sts-webhook.io/region]", (string?)status["details"]!["causes"]![0]!["field"]);
    }

    [Theory]
    [InlineData("""{"spec":1}""", "{}", "request.object.spec: expected an object, found a number")]
    [InlineData("{}", """{"spec":1}""", "request.oldObject.spec: expected an object, found a number")]
    [InlineData("{}", "null", null)]
    public void Review_EphemeralContainersOfAWrongShape_IsReported(string after, string before, string? expected)
    {
        var review = Review.OfEphemeralContainers(JsonNode.Parse(after)!.AsObject(), []);
        review["request"]!["oldObject"] = JsonNode.Parse(before);

        Assert.Equal(expected, ErrorOf(review, Webhook.Mutate));
    }

    [Fact]
    public void Review_TemplateOfAWrongShape_IsReported() => Assert.Equal(
        "request.object.spec.template.spec: expected an object, found a number",
        ErrorOf(Review.Of("apps", "deployments", "CREATE", JsonNode.Parse("""{"spec":{"template":{"spec":1}}}""")!.AsObject()), Webhook.Validate));

    [Fact]
    public void Review_MisspeltAnnotation_IsReportedOnCreateAndNotOnDebug()
    {
        var pod = new PodBuilder().Annotation("sts-webhook.io/regoin", "eu-west-1").Container();
        var debugged = Review.OfEphemeralContainers(pod.Json(), pod.Json());

        Assert.Contains("did you mean sts-webhook.io/region?", Assert.Single(Answer.To(Review.OfPod(pod.Json()), nodes: Fixture.OneRegion).Warnings), StringComparison.Ordinal);
        Assert.Empty(Answer.To(debugged, nodes: Fixture.OneRegion).Warnings);
    }

    /// <summary>A denied pod is not made, so that nothing was injected or left out.</summary>
    [Fact]
    public void Review_Denied_CountsNoInjection()
    {
        var pod = new PodBuilder().Container(Bad).Container("""{"env":[{"name":"AWS_REGION","value":""}]}""", "b");

        var denied = Answer.To(Review.OfPod(pod.Json()), nodes: Fixture.OneRegion).Result;
        var audited = Answer.To(Review.OfPod(pod.Json()), nodes: Fixture.OneRegion, enforcement: Enforcement.Audit).Result;

        Assert.Empty(denied.InjectedVariables);
        Assert.Empty(denied.SkipReasons);
        Assert.NotEmpty(audited.InjectedVariables);
        Assert.NotEmpty(audited.SkipReasons);
    }

    /// <summary>The region that most pods will have that read it: the cluster's only one, or the configured one.</summary>
    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "us-east-1", true)]
    [InlineData(false, "eu-west-1", true)]
    [InlineData(false, "us-east-1", false)]
    [InlineData(false, null, false)]
    public void Review_ConfigMapWithARegionalHost_IsHeldAgainstTheRegionOfItsCluster(bool hasOneRegion, string? defaultRegion, bool isFound)
    {
        var configMap = JsonNode.Parse("""{"data":{"STS_ENDPOINT":"https://sts.us-east-1.amazonaws.com"}}""")!.AsObject();

        var answer = Answer.To(
            Review.OfConfigMap(configMap),
            Webhook.Validate,
            hasOneRegion ? Fixture.OneRegion : Fixture.TwoRegions,
            new ReviewSettings { DefaultRegion = defaultRegion });

        Assert.Equal(isFound ? [CrossRegionRule.Instance] : [], answer.Result.Findings.Select(f => f.Rule));
    }

    /// <summary>The region of each pod is deferred, with and without a default region.</summary>
    [Fact]
    public void Review_WorkloadInTwoRegions_RegionalHostIsHeldAgainstNone() => Assert.Empty(Answer.To(
        Review.Of("apps", "deployments", "CREATE", JsonNode.Parse(
            """{"spec":{"template":{"spec":{"containers":[{"env":[{"name":"AWS_ENDPOINT_URL_STS","value":"https://sts.us-east-1.amazonaws.com"}]}]}}}}""")!.AsObject()),
        Webhook.Validate,
        Fixture.TwoRegions,
        new ReviewSettings { DefaultRegion = "eu-west-1" }).Result.Findings);

    [Fact]
    public void Review_DebuggingAPodOfBadRegionAndEndpoint_IsAllowed()
    {
        var before = new PodBuilder().Annotation("sts-webhook.io/region", "eu-west").Spec("nodeName", "\"node-c\"").Container(Bad);
        var review = Review.OfEphemeralContainers(before.Container(name: "dbg", list: "ephemeralContainers").Json(), before.Json());
        review["request"]!["oldObject"]!["spec"]!.AsObject().Remove("ephemeralContainers");

        var answer = Answer.To(review, Webhook.Mutate, Fixture.TwoRegions);

        Assert.True(answer.IsAllowed);
        Assert.Equal("eu-west-1", Containers.Value(Containers.Named(answer.Patched, "dbg"), "AWS_REGION"));
        Assert.Equal(["AWS_ENDPOINT_URL_STS"], Containers.EnvNames(Containers.Named(answer.Patched, "app")));
    }

    [Fact]
    public void Review_NewEphemeralContainerWithEndpoint_IsDeniedAtItsPlace()
    {
        var before = new PodBuilder().Container().Container(name: "old", list: "ephemeralContainers");
        var beforeJson = before.Json();
        var review = Review.OfEphemeralContainers(before.Container(Bad, "dbg", "ephemeralContainers").Json(), beforeJson);

        var answer = Answer.To(review, Webhook.Mutate, Fixture.TwoRegions);

        Assert.False(answer.IsAllowed);
        Assert.Equal("spec.ephemeralContainers[1].env[AWS_ENDPOINT_URL_STS].value", Assert.Single(answer.Result.Findings).Field);
    }

    [Fact]
    public void Review_EnforcementOfTheCall_WinsOverTheConfigured()
    {
        var review = Review.OfPod(new PodBuilder().Container(Bad).Json());
        var settings = new ReviewSettings { Policy = new PolicySettings { Enforce = Enforcement.Audit } };

        Assert.True(Answer.To(review, settings: settings).IsAllowed);
        Assert.False(Answer.To(review, settings: settings, enforcement: Enforcement.Deny).IsAllowed);
    }

    [Theory]
    [InlineData("apps", "deployments", "spec.template")]
    [InlineData("apps", "statefulsets", "spec.template")]
    [InlineData("apps", "daemonsets", "spec.template")]
    [InlineData("apps", "replicasets", "spec.template")]
    [InlineData("", "replicationcontrollers", "spec.template")]
    [InlineData("batch", "jobs", "spec.template")]
    [InlineData("batch", "cronjobs", "spec.jobTemplate.spec.template")]
    [InlineData("", "podtemplates", "template")]
    public void Review_TemplateOfEveryWorkload_IsJudgedAtItsPath(string group, string resource, string path)
    {
        var workload = path.Split('.').Reverse()
            .Aggregate(new PodBuilder().Container(Bad).Json(), (json, step) => new JsonObject { [step] = json });

        Assert.All(Changes, operation =>
        {
            var answer = Answer.To(Review.Of(group, resource, operation, workload.DeepClone().AsObject()), Webhook.Validate);
            var finding = Assert.Single(answer.Result.Findings);
            Assert.Equal($"{path}.spec.containers[0].env[AWS_ENDPOINT_URL_STS].value", finding.Field);
            Assert.Equal(Severity.Warn, finding.Severity);
            Assert.True(answer.IsAllowed);
        });
    }

    [Fact]
    public void Review_WorkloadWithoutTemplate_IsIgnored() => Assert.Equal(
        AdmissionDecision.Ignored,
        Answer.To(Review.Of("apps", "replicasets", "CREATE", new JsonObject { ["spec"] = new JsonObject() }), Webhook.Validate).Result.Decision);

    [Fact]
    public void Review_Bind_KeepsTheBindingsOtherAnnotations()
    {
        var binding = JsonNode.Parse("""{"metadata":{"annotations":{"a/b~c":"1","sts-webhook.io/node-region":"x"}},"target":{"name":"node-a"}}""")!.AsObject();
        var answer = Answer.To(Review.OfBinding(binding), Webhook.Bind, Fixture.TwoRegions);

        Assert.Equal("1", (string?)answer.Patched["metadata"]!["annotations"]!["a/b~c"]);
        Assert.Equal("us-east-2", (string?)answer.Patched["metadata"]!["annotations"]!["sts-webhook.io/node-region"]);
    }

    private static string? ErrorOf(JsonObject review, Webhook webhook) => new Reviewer(new ReviewSettings()).Review(
        Encoding.UTF8.GetBytes(review.ToJsonString()), webhook, enforcement: null, NodeTable.Empty, new ArrayBufferWriter<byte>())
        .Unjudged?.Replace("cannot be read (", string.Empty, StringComparison.Ordinal).TrimEnd(')');
}
