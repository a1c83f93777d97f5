using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Tests.Pods;

/// <summary>Every field that the code relies on is checked before: what is not named here may be anything.</summary>
public class ObjectShapesTests
{
    private const string Text = "expected a string, found a number";
    private const string List = "expected an array, found a number";
    private const string Structure = "expected an object, found a number";

    public static TheoryData<string, string> OfPods { get; } = new()
    {
        { "metadata", Structure },
        { "metadata.name", Text },
        { "metadata.generateName", Text },
        { "metadata.labels", Structure },
        { "metadata.annotations", Structure },
        { "metadata.ownerReferences", List },
        { "metadata.ownerReferences[0].kind", Text },
        { "metadata.ownerReferences[0].name", Text },
        { "spec", Structure },
        { "spec.initContainers", List },
        { "spec.initContainers[0].name", Text },
        { "spec.containers", List },
        { "spec.containers[0].name", Text },
        { "spec.ephemeralContainers", List },
        { "spec.ephemeralContainers[0].name", Text },
        { "spec.containers[0].command", List },
        { "spec.containers[0].command[0]", Text },
        { "spec.containers[0].args[0]", Text },
        { "spec.containers[0].env", List },
        { "spec.containers[0].env[0].name", Text },
        { "spec.containers[0].env[0].value", Text },
        { "spec.containers[0].env[0].valueFrom", Structure },
        { "spec.containers[0].env[0].valueFrom.fieldRef", Structure },
        { "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath", Text },
        { "spec.containers[0].env[0].valueFrom.configMapKeyRef", Structure },
        { "spec.containers[0].env[0].valueFrom.configMapKeyRef.name", Text },
        { "spec.containers[0].env[0].valueFrom.configMapKeyRef.key", Text },
        { "spec.containers[0].envFrom", List },
        { "spec.containers[0].envFrom[0].prefix", Text },
        { "spec.containers[0].envFrom[0].configMapRef", Structure },
        { "spec.containers[0].envFrom[0].configMapRef.name", Text },
        { "spec.containers[0].envFrom[0].secretRef", Structure },
        { "spec.containers[0].lifecycle", Structure },
        { "spec.containers[0].lifecycle.postStart.exec.command[0]", Text },
        { "spec.containers[0].lifecycle.preStop.exec.command[0]", Text },
        { "spec.containers[0].livenessProbe.exec.command[0]", Text },
        { "spec.containers[0].livenessProbe.httpGet.host", Text },
        { "spec.containers[0].livenessProbe.tcpSocket.host", Text },
        { "spec.containers[0].readinessProbe", Structure },
        { "spec.containers[0].startupProbe", Structure },
        { "spec.nodeName", Text },
        { "spec.nodeSelector", Structure },
        { "spec.affinity", Structure },
        { "spec.affinity.nodeAffinity", Structure },
        { "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution", Structure },
        { "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms", List },
        { "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].key", Text },
        { "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator", Text },
        { "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values[0]", Text },
        { "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key", Text },
        { "spec.hostAliases", List },
        { "spec.hostAliases[0].hostnames[0]", Text },
        { "spec.volumes", List },
        { "spec.volumes[0].name", Text },
        { "spec.volumes[0].csi", Structure },
        { "spec.volumes[0].csi.volumeAttributes", Structure },
    };

    [Theory]
    [MemberData(nameof(OfPods))]
    public void Pod_NumberInPlaceOfAField_IsAMismatchThere(string path, string problem) => AssertMismatch(ObjectShapes.Pod, path, problem);

    [Theory]
    [InlineData("metadata.name", Text)]
    [InlineData("target", Structure)]
    [InlineData("target.kind", Text)]
    [InlineData("target.name", Text)]
    public void Binding_NumberInPlaceOfAField_IsAMismatchThere(string path, string problem) => AssertMismatch(ObjectShapes.Binding, path, problem);

    [Theory]
    [InlineData("metadata.name", Text)]
    [InlineData("data", Structure)]
    public void ConfigMap_NumberInPlaceOfAField_IsAMismatchThere(string path, string problem) => AssertMismatch(ObjectShapes.ConfigMap, path, problem);

    [Theory]
    [InlineData("kind")]
    [InlineData("spec.nodename")]
    [InlineData("spec.containers[0].resources")]
    [InlineData("spec.containers[0].env[0].valueFrom.secretKeyRef")]
    [InlineData("spec.volumes[0].secret")]
    public void Pod_NumberInsteadOfAnotherField_IsAccepted(string path) =>
        Assert.Null(ObjectShapes.Pod.Mismatch(WithNumberAt(path), "pod"));

    private static void AssertMismatch(Shape shape, string path, string problem) =>
        Assert.Equal($"object.{path}: {problem}", shape.Mismatch(WithNumberAt(path), "object")?.ToString());

    /// <summary>A document that holds only the path to a number.</summary>
    private static JsonElement WithNumberAt(string path)
    {
        JsonNode node = 7;
        foreach (var step in path.Split('.').Reverse())
        {
            var isItem = step.EndsWith("[0]", StringComparison.Ordinal);
            node = new JsonObject { [isItem ? step[..^3] : step] = isItem ? new JsonArray(node) : node };
        }

        return JsonElement.Parse(node.ToJsonString());
    }
}
