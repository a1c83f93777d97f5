using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>
/// The fields of the pod API that the code reads, with the types that they have there
/// (k8s.io/api/core/v1/types.go). All other fields are ignored.
/// </summary>
internal static class ObjectShapes
{
    private static readonly Shape Strings = Shape.ArrayOf(Shape.String);

    private static readonly Shape Handler = Shape.Object(
        ("exec", Shape.Object(("command", Strings))),
        ("httpGet", Shape.Object(("host", Shape.String))),
        ("tcpSocket", Shape.Object(("host", Shape.String))));

    private static readonly Shape EnvVar = Shape.Object(
        ("name", Shape.String),
        ("value", Shape.String),
        ("valueFrom", Shape.Object(
            ("fieldRef", Shape.Object(("fieldPath", Shape.String))),
            ("configMapKeyRef", Shape.Object(("name", Shape.String), ("key", Shape.String))))));

    private static readonly Shape EnvFrom = Shape.Object(
        ("prefix", Shape.String),
        ("configMapRef", Shape.Object(("name", Shape.String))),
        ("secretRef", Shape.AnyObject));

    private static readonly Shape Containers = Shape.ArrayOf(Shape.Object(
        ("name", Shape.String),
        ("command", Strings),
        ("args", Strings),
        ("env", Shape.ArrayOf(EnvVar)),
        ("envFrom", Shape.ArrayOf(EnvFrom)),
        ("lifecycle", Shape.Object(("postStart", Handler), ("preStop", Handler))),
        ("livenessProbe", Handler),
        ("readinessProbe", Handler),
        ("startupProbe", Handler)));

    private static readonly Shape NodeSelectorRequirements = Shape.ArrayOf(Shape.Object(
        ("key", Shape.String),
        ("operator", Shape.String),
        ("values", Strings)));

    private static readonly Shape NodeSelectorTerms = Shape.ArrayOf(Shape.Object(
        ("matchExpressions", NodeSelectorRequirements),
        ("matchFields", NodeSelectorRequirements)));

    private static readonly Shape Affinity = Shape.Object(
        ("nodeAffinity", Shape.Object(
            ("requiredDuringSchedulingIgnoredDuringExecution", Shape.Object(
                ("nodeSelectorTerms", NodeSelectorTerms))))));

    private static readonly Shape Metadata = Shape.Object(
        ("name", Shape.String),
        ("generateName", Shape.String),
        ("labels", Shape.MapOf(Shape.String)),
        ("annotations", Shape.MapOf(Shape.String)),
        ("ownerReferences", Shape.ArrayOf(Shape.Object(("kind", Shape.String), ("name", Shape.String)))));

    private static readonly Shape Volumes = Shape.ArrayOf(Shape.Object(
        ("name", Shape.String),
        ("csi", Shape.Object(("volumeAttributes", Shape.MapOf(Shape.String))))));

    private static readonly Shape Spec = Shape.Object(
        ("initContainers", Containers),
        ("containers", Containers),
        ("ephemeralContainers", Containers),
        ("nodeName", Shape.String),
        ("nodeSelector", Shape.MapOf(Shape.String)),
        ("affinity", Affinity),
        ("hostAliases", Shape.ArrayOf(Shape.Object(("hostnames", Strings)))),
        ("volumes", Volumes));

    /// <summary>A pod, and equally the pod template of a workload.</summary>
    public static readonly Shape Pod = Shape.Object(("metadata", Metadata), ("spec", Spec));

    /// <summary>A Binding: the scheduler's assignment of a pod to a node.</summary>
    public static readonly Shape Binding = Shape.Object(
        ("metadata", Metadata),
        ("target", Shape.Object(("kind", Shape.String), ("name", Shape.String))));

    /// <summary>The text data of a ConfigMap.</summary>
    public static readonly Shape ConfigMap = Shape.Object(
        ("metadata", Metadata),
        ("data", Shape.MapOf(Shape.String)));
}
