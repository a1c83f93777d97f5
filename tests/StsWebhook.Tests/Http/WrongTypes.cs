using Xunit;

namespace StsWebhook.Tests.Http;

/// <summary>Every field that the webhook reads, with a value of a wrong type and the expected error.</summary>
public static class WrongTypes
{
    private const string Container = "/request/object/spec/containers/0/";
    private const string Terms = "/request/object/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms";
    private const string TermsPath = "request.object.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms";

    /// <summary>JSON pointer into the review, value, expected answer. The answer must not quote the text of a string value.</summary>
    public static TheoryData<string, string, string> OfPods { get; } = new()
    {
        { "/request", "\"hush\"", "request: expected an object, found a string" },
        { "/request", "[\"hush\"]", "request: expected an object, found an array" },
        { "/request/dryRun", "\"yes\"", "request.dryRun: expected a boolean, found a string" },
        { "/request/uid", "7", "request.uid: expected a string, found a number" },
        { "/request/uid", "\"\"", "request.uid: expected a string that is not empty, found none" },
        { "/request/kind", "\"hush\"", "request.kind: expected an object, found a string" },
        { "/request/resource", "[\"hush\"]", "request.resource: expected an object, found an array" },
        { "/request/resource/resource", "7", "request.resource.resource: expected a string, found a number" },
        { "/request/resource/group", "{\"hush\":1}", "request.resource.group: expected a string, found an object" },
        { "/request/subResource", "{\"hush\":1}", "request.subResource: expected a string, found an object" },
        { "/request/namespace", "true", "request.namespace: expected a string, found a boolean" },
        { "/request/operation", "7", "request.operation: expected a string, found a number" },
        { "/request/object", "\"hush\"", "request.object: expected an object, found a string" },
        { "/request/object", "[\"hush\"]", "request.object: expected an object, found an array" },
        { "/request/object", "null", "request.object: expected an object, found nothing" },
        { "/request/object/metadata", "\"hush\"", "request.object.metadata: expected an object, found a string" },
        { "/request/object/metadata/name", "7", "request.object.metadata.name: expected a string, found a number" },
        { "/request/object/metadata/generateName", "{}", "request.object.metadata.generateName: expected a string, found an object" },
        { "/request/object/metadata/labels", "[\"hush\"]", "request.object.metadata.labels: expected an object, found an array" },
        { "/request/object/metadata/labels", "{\"team\":7}", "request.object.metadata.labels[team]: expected a string, found a number" },
        { "/request/object/metadata/annotations", "[\"hush\"]", "request.object.metadata.annotations: expected an object, found an array" },
        { "/request/object/metadata/annotations", "{\"a\":{\"b\":\"hush\"}}", "request.object.metadata.annotations[a]: expected a string, found an object" },
        { "/request/object/metadata/ownerReferences", "{}", "request.object.metadata.ownerReferences: expected an array, found an object" },
        { "/request/object/metadata/ownerReferences", "[\"hush\"]", "request.object.metadata.ownerReferences[0]: expected an object, found a string" },
        { "/request/object/metadata/ownerReferences", "[{\"kind\":7}]", "request.object.metadata.ownerReferences[0].kind: expected a string, found a number" },
        { "/request/object/spec", "\"hush\"", "request.object.spec: expected an object, found a string" },
        { "/request/object/spec/containers", "{\"a\":\"hush\"}", "request.object.spec.containers: expected an array, found an object" },
        { "/request/object/spec/containers", "[null]", "request.object.spec.containers[0]: expected an object, found null" },
        { "/request/object/spec/containers", "[{},\"hush\"]", "request.object.spec.containers[1]: expected an object, found a string" },
        { "/request/object/spec/initContainers", "\"hush\"", "request.object.spec.initContainers: expected an array, found a string" },
        { "/request/object/spec/ephemeralContainers", "{}", "request.object.spec.ephemeralContainers: expected an array, found an object" },
        { Container + "name", "7", "request.object.spec.containers[0].name: expected a string, found a number" },
        { Container + "command", "\"hush\"", "request.object.spec.containers[0].command: expected an array, found a string" },
        { Container + "command", "[\"hush\",7]", "request.object.spec.containers[0].command[1]: expected a string, found a number" },
        { Container + "args", "{\"a\":\"hush\"}", "request.object.spec.containers[0].args: expected an array, found an object" },
        { Container + "args", "[null]", "request.object.spec.containers[0].args[0]: expected a string, found null" },
        { Container + "env", "\"hush\"", "request.object.spec.containers[0].env: expected an array, found a string" },
        { Container + "env", "[7]", "request.object.spec.containers[0].env[0]: expected an object, found a number" },
        { Container + "env", "[null]", "request.object.spec.containers[0].env[0]: expected an object, found null" },
        { Container + "env", "[{\"name\":7}]", "request.object.spec.containers[0].env[0].name: expected a string, found a number" },
        { Container + "env", "[{\"name\":\"A\",\"value\":7}]", "request.object.spec.containers[0].env[0].value: expected a string, found a number" },
        { Container + "env", "[{\"name\":\"A\",\"value\":[\"hush\"]}]", "request.object.spec.containers[0].env[0].value: expected a string, found an array" },
        { Container + "env", "[{\"name\":\"A\",\"valueFrom\":\"hush\"}]", "request.object.spec.containers[0].env[0].valueFrom: expected an object, found a string" },
        { Container + "env", "[{\"valueFrom\":{\"fieldRef\":[]}}]", "request.object.spec.containers[0].env[0].valueFrom.fieldRef: expected an object, found an array" },
        { Container + "env", "[{\"valueFrom\":{\"fieldRef\":{\"fieldPath\":7}}}]", "request.object.spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: expected a string, found a number" },
        { Container + "envFrom", "{\"a\":\"hush\"}", "request.object.spec.containers[0].envFrom: expected an array, found an object" },
        { Container + "envFrom", "[\"hush\"]", "request.object.spec.containers[0].envFrom[0]: expected an object, found a string" },
        { Container + "envFrom", "[{\"prefix\":7}]", "request.object.spec.containers[0].envFrom[0].prefix: expected a string, found a number" },
        { Container + "envFrom", "[{\"configMapRef\":\"hush\"}]", "request.object.spec.containers[0].envFrom[0].configMapRef: expected an object, found a string" },
        { Container + "envFrom", "[{\"secretRef\":[\"hush\"]}]", "request.object.spec.containers[0].envFrom[0].secretRef: expected an object, found an array" },
        { Container + "lifecycle", "\"hush\"", "request.object.spec.containers[0].lifecycle: expected an object, found a string" },
        { Container + "lifecycle", "{\"postStart\":[]}", "request.object.spec.containers[0].lifecycle.postStart: expected an object, found an array" },
        { Container + "lifecycle", "{\"preStop\":{\"exec\":{\"command\":\"hush\"}}}", "request.object.spec.containers[0].lifecycle.preStop.exec.command: expected an array, found a string" },
        { Container + "livenessProbe", "\"hush\"", "request.object.spec.containers[0].livenessProbe: expected an object, found a string" },
        { Container + "livenessProbe", "{\"httpGet\":{\"host\":7}}", "request.object.spec.containers[0].livenessProbe.httpGet.host: expected a string, found a number" },
        { Container + "readinessProbe", "{\"tcpSocket\":{\"host\":[\"hush\"]}}", "request.object.spec.containers[0].readinessProbe.tcpSocket.host: expected a string, found an array" },
        { Container + "startupProbe", "{\"exec\":\"hush\"}", "request.object.spec.containers[0].startupProbe.exec: expected an object, found a string" },
        { "/request/object/spec/nodeName", "7", "request.object.spec.nodeName: expected a string, found a number" },
        { "/request/object/spec/nodeSelector", "[\"hush\"]", "request.object.spec.nodeSelector: expected an object, found an array" },
        { "/request/object/spec/nodeSelector", "{\"zone\":7}", "request.object.spec.nodeSelector[zone]: expected a string, found a number" },
        { "/request/object/spec/affinity", "\"hush\"", "request.object.spec.affinity: expected an object, found a string" },
        { "/request/object/spec/affinity/nodeAffinity", "[]", "request.object.spec.affinity.nodeAffinity: expected an object, found an array" },
        { "/request/object/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution", "\"hush\"", "request.object.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution: expected an object, found a string" },
        { Terms, "{}", TermsPath + ": expected an array, found an object" },
        { Terms, "[\"hush\"]", TermsPath + "[0]: expected an object, found a string" },
        { Terms, "[{\"matchExpressions\":\"hush\"}]", TermsPath + "[0].matchExpressions: expected an array, found a string" },
        { Terms, "[{\"matchExpressions\":[{\"key\":7}]}]", TermsPath + "[0].matchExpressions[0].key: expected a string, found a number" },
        { Terms, "[{\"matchExpressions\":[{\"operator\":{}}]}]", TermsPath + "[0].matchExpressions[0].operator: expected a string, found an object" },
        { Terms, "[{\"matchExpressions\":[{\"values\":\"hush\"}]}]", TermsPath + "[0].matchExpressions[0].values: expected an array, found a string" },
        { Terms, "[{\"matchExpressions\":[{\"values\":[7]}]}]", TermsPath + "[0].matchExpressions[0].values[0]: expected a string, found a number" },
        { Terms, "[{},{\"matchFields\":{}}]", TermsPath + "[1].matchFields: expected an array, found an object" },
        { "/request/object/spec/hostAliases", "\"hush\"", "request.object.spec.hostAliases: expected an array, found a string" },
        { "/request/object/spec/hostAliases", "[{\"hostnames\":\"hush\"}]", "request.object.spec.hostAliases[0].hostnames: expected an array, found a string" },
        { "/request/object/spec/volumes", "\"hush\"", "request.object.spec.volumes: expected an array, found a string" },
        { "/request/object/spec/volumes", "[\"hush\"]", "request.object.spec.volumes[0]: expected an object, found a string" },
        { "/request/object/spec/volumes", "[{\"name\":7}]", "request.object.spec.volumes[0].name: expected a string, found a number" },
        { "/request/object/spec/volumes", "[{\"csi\":\"hush\"}]", "request.object.spec.volumes[0].csi: expected an object, found a string" },
        { "/request/object/spec/volumes", "[{\"csi\":{\"volumeAttributes\":[\"hush\"]}}]", "request.object.spec.volumes[0].csi.volumeAttributes: expected an object, found an array" },
        { "/request/object/spec/volumes", "[{\"csi\":{\"volumeAttributes\":{\"a\":[\"hush\"]}}}]", "request.object.spec.volumes[0].csi.volumeAttributes[a]: expected a string, found an array" },
    };

    /// <summary>Path, recording, JSON pointer, value, expected answer.</summary>
    public static TheoryData<string, string, string, string, string> OfOtherObjects { get; } = new()
    {
        { "/bind", "pods-binding-create-shell", "/request/object/target", "\"hush\"", "request.object.target: expected an object, found a string" },
        { "/bind", "pods-binding-create-shell", "/request/object/target/name", "7", "request.object.target.name: expected a string, found a number" },
        { "/bind", "pods-binding-create-shell", "/request/object/metadata/labels", "[]", "request.object.metadata.labels: expected an object, found an array" },
        { "/validate", "configmaps-create-aws-config", "/request/object/data", "\"hush\"", "request.object.data: expected an object, found a string" },
        { "/validate", "configmaps-create-aws-config", "/request/object/data", "{\"config\":[\"hush\"]}", "request.object.data[config]: expected a string, found an array" },
        { "/validate", "deployments-create-ledger", "/request/object/spec/template", "\"hush\"", "request.object.spec.template: expected an object, found a string" },
        { "/validate", "deployments-create-ledger", "/request/object/spec/template/spec/containers", "{}", "request.object.spec.template.spec.containers: expected an array, found an object" },
        { "/validate", "cronjobs-create-nightly-report", "/request/object/spec/jobTemplate/spec/template/spec", "[\"hush\"]", "request.object.spec.jobTemplate.spec.template.spec: expected an object, found an array" },
        { "/mutate", "pods-ephemeralcontainers-update-shell", "/request/oldObject/spec", "\"hush\"", "request.oldObject.spec: expected an object, found a string" },
    };
}
