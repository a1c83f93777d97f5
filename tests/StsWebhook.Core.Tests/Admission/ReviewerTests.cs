using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
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
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","resource":{"resource":"pods"},"operation":"CREATE"}}""")]
    [InlineData("""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","resource":{"resource":"pods"},"operation":"CREATE","object":{"spec":1}}}""")]
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
    public void Review_FieldOfTheWrongType_IsToldInOneLineThatIsNotLong()
    {
        var annotations = new JsonObject { ["a\n" + new string('x', 1000)] = new JsonObject() };
        var review = Support.Review.OfPod(new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = annotations } });

        var result = new Reviewer(new ReviewSettings()).Review(
            Encoding.UTF8.GetBytes(review.ToJsonString()), Webhook.Mutate, enforcement: null, NodeTable.Empty, new ArrayBufferWriter<byte>());

        Assert.StartsWith("request.object.metadata.annotations[a x", result.Error, StringComparison.Ordinal);
        Assert.Equal(256, result.Error!.Length);
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
            Assert.Equal(Verdict.Ignored, answer.Result.Verdict);
            Assert.True(answer.IsAllowed);
            Assert.False(answer.HasPatch);
            Assert.Equal(Review.Uid, (string?)answer.Response["uid"]);
        });
    }

    [Fact]
    public void Review_MirrorPod_IsIgnored()
    {
        var review = Review.OfPod(new PodBuilder().Annotation("kubernetes.io/config.mirror", "x").Container(Bad).Json());

        Assert.Equal(Verdict.Ignored, Answer.To(review, Webhook.Mutate, Fixture.TwoRegions).Result.Verdict);
    }

    [Theory]
    [InlineData(Enforcement.Deny)]
    [InlineData(Enforcement.Warn)]
    [InlineData(Enforcement.Audit)]
    public void Review_RegionThatIsNone_IsDeniedWithACause(Enforcement enforcement)
    {
        var review = Review.OfPod(new PodBuilder().Annotation("sts-webhook.io/region", "eu-west").Container().Json());
        var answer = Answer.To(review, Webhook.Mutate, Fixture.TwoRegions, enforcement: enforcement);

        Assert.False(answer.IsAllowed);
        Assert.False(answer.HasPatch);
        var status = answer.Response["status"]!;
        Assert.Contains("use a name such as eu-west-1", (string)status["message"]!, StringComparison.Ordinal);
        Assert.Equal("metadata.annotations[sts-webhook.io/region]", (string?)status["details"]!["causes"]![0]!["field"]);
    }

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
        Verdict.Ignored,
        Answer.To(Review.Of("apps", "replicasets", "CREATE", new JsonObject { ["spec"] = new JsonObject() }), Webhook.Validate).Result.Verdict);

    [Fact]
    public void Review_Bind_KeepsTheBindingsOtherAnnotations()
    {
        var binding = JsonNode.Parse("""{"metadata":{"annotations":{"a/b~c":"1","sts-webhook.io/node-region":"x"}},"target":{"name":"node-a"}}""")!.AsObject();
        var answer = Answer.To(Review.OfBinding(binding), Webhook.Bind, Fixture.TwoRegions);

        Assert.Equal("1", (string?)answer.Patched["metadata"]!["annotations"]!["a/b~c"]);
        Assert.Equal("us-east-2", (string?)answer.Patched["metadata"]!["annotations"]!["sts-webhook.io/node-region"]);
    }
}
