using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Tests.Json;

public class ShapeTests
{
    [Theory]
    [InlineData("{}", null)]
    [InlineData("""{"spec":null,"metadata":null,"new":1}""", null)]
    [InlineData("""{"metadata":{"labels":{"a":null}}}""", null)]
    [InlineData("""{"spec":{"containers":[{"env":[{"name":"A","value":null,"new":{}}],"new":[]}]}}""", null)]
    [InlineData("[]", "pod: expected an object, found an array")]
    [InlineData("null", "pod: expected an object, found null")]
    [InlineData("1", "pod: expected an object, found a number")]
    [InlineData("""{"spec":"x"}""", "pod.spec: expected an object, found a string")]
    [InlineData("""{"spec":{"containers":{}}}""", "pod.spec.containers: expected an array, found an object")]
    [InlineData("""{"spec":{"containers":[{},null]}}""", "pod.spec.containers[1]: expected an object, found null")]
    [InlineData("""{"spec":{"initContainers":[{"env":[{"name":true}]}]}}""", "pod.spec.initContainers[0].env[0].name: expected a string, found a boolean")]
    [InlineData("""{"spec":{"containers":[{"command":["a",1]}]}}""", "pod.spec.containers[0].command[1]: expected a string, found a number")]
    [InlineData("""{"metadata":{"annotations":{"a/b":{}}}}""", "pod.metadata.annotations[a/b]: expected a string, found an object")]
    [InlineData("""{"spec":{"containers":[{"env":[{"valueFrom":{"fieldRef":{"fieldPath":[]}}}]}]}}""", "pod.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: expected a string, found an array")]
    public void Mismatch_OfAPod_NamesThePlace(string json, string? mismatch) =>
        Assert.Equal(mismatch, ObjectShapes.Pod.Mismatch(JsonElement.Parse(json), "pod")?.ToString());

    [Fact]
    public void Mismatch_NoElement_FoundNothing() =>
        Assert.Equal("x: expected a string, found nothing", Shape.String.Mismatch(default, "x")?.ToString());
}
