using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

public class AdmissionRequestTests
{
    private const string Head = """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview",""";

    [Theory]
    [InlineData("[]", "expected an AdmissionReview of admission.k8s.io/v1, found another JSON value")]
    [InlineData("{}", "kind: expected AdmissionReview of admission.k8s.io/v1")]
    [InlineData("""{"kind":"Pod"}""", "kind: expected AdmissionReview of admission.k8s.io/v1")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{}}""", "apiVersion: expected admission.k8s.io/v1, the only version that this webhook supports")]
    [InlineData("""{"kind":"AdmissionReview","apiVersion":1}""", "apiVersion: expected admission.k8s.io/v1, the only version that this webhook supports")]
    [InlineData(Head + """ "response":{}}""", "request: expected an object, found nothing")]
    [InlineData(Head + """ "request":null}""", "request: expected an object, found nothing")]
    [InlineData(Head + """ "request":[]}""", "request: expected an object, found an array")]
    [InlineData(Head + """ "request":{}}""", "request.uid: expected a string that is not empty, found none")]
    [InlineData(Head + """ "request":{"uid":""}}""", "request.uid: expected a string that is not empty, found none")]
    [InlineData(Head + """ "request":{"uid":7}}""", "request.uid: expected a string, found a number")]
    [InlineData(Head + """ "request":{"uid":"u","resource":"pods"}}""", "request.resource: expected an object, found a string")]
    [InlineData(Head + """ "request":{"uid":"u","object":"pod"}}""", "request.object: expected an object, found a string")]
    [InlineData(Head + """ "request":{"uid":"u","oldObject":[]}}""", "request.oldObject: expected an object, found an array")]
    public void Read_NoReview_SaysWhatWasExpectedWhere(string review, string expected)
    {
        Assert.False(AdmissionRequest.TryRead(JsonElement.Parse(review), out _, out var error));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void Read_Review_TellsWhatItIsAbout()
    {
        var request = Read("""
            {"uid":"u","kind":{"kind":"Pod"},"resource":{"group":"g","resource":"pods"},"subResource":"status","namespace":"n",
             "operation":"UPDATE","dryRun":true,"object":{"metadata":{"name":"a","generateName":"b-"}},"new":1}
            """);

        Assert.Equal(
            ("u", "g", "pods/status", "UPDATE", "n", true, "a", ""),
            (request.Uid, request.Group, request.Resource, request.Operation, request.Namespace, request.IsDryRun, request.DisplayName, request.Owner));
    }

    [Theory]
    [InlineData("""{"metadata":{"generateName":"app-"}}""", "app-*", "")]
    [InlineData("""{"metadata":{"name":"","generateName":"app-","ownerReferences":[{"kind":"Job","name":"j"},{"kind":"X","name":"x"}]}}""", "app-*", "Job/j")]
    [InlineData("""{"metadata":{}}""", "", "")]
    [InlineData("""{"metadata":7}""", "", "")]
    [InlineData("{}", "", "")]
    public void Names_OfObject_AreWhatThereIs(string json, string name, string owner)
    {
        var request = Read($$"""{"uid":"u","object":{{json}}}""");

        Assert.Equal((name, owner), (request.DisplayName, request.Owner));
    }

    private static AdmissionRequest Read(string request)
    {
        Assert.True(AdmissionRequest.TryRead(JsonElement.Parse(Head + $"\"request\":{request}}}"), out var read, out var error), error);
        return read;
    }

    [Theory]
    [InlineData("kind", 1, "request.kind: expected an object")]
    [InlineData("resource.group", 1, "request.resource.group: expected a string")]
    [InlineData("resource.version", 1, "request.resource.version: expected a string")]
    [InlineData("resource.resource", 1, "request.resource.resource: expected a string")]
    [InlineData("resource.kind", 1, "request.resource.kind: expected a string")]
    [InlineData("subResource", 1, "request.subResource: expected a string")]
    [InlineData("namespace", 1, "request.namespace: expected a string")]
    [InlineData("operation", 1, "request.operation: expected a string")]
    [InlineData("dryRun", 1, "request.dryRun: expected a boolean")]
    public void Read_MemberOfAWrongType_IsReported(string member, int value, string expected)
    {
        var review = Review.OfPod([]);
        var (of, name) = member.Split('.') is [var outer, var inner] ? (review["request"]![outer]!, inner) : (review["request"]!, member);
        of[name] = value;

        Assert.False(AdmissionRequest.TryRead(JsonElement.Parse(review.ToJsonString()), out _, out var error));
        Assert.Equal($"{expected}, found a number", error);
    }
}
