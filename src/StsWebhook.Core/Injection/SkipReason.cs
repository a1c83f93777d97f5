namespace StsWebhook.Core.Injection;

/// <summary>Why a container did not get all variables. The names are metric labels and stand in an audit annotation.</summary>
public static class SkipReason
{
    /// <summary>The pod's label opts it out.</summary>
    public const string PodLabel = "pod-label";

    /// <summary>The pod's annotation names the container.</summary>
    public const string Annotation = "annotation";

    /// <summary><c>envFrom</c> reads a Secret, which may hold a region: no region was injected.</summary>
    public const string EnvFromSecret = "env-from-secret";

    /// <summary><c>envFrom</c> reads a ConfigMap that could not be read here and may hold a region: no region was injected.</summary>
    public const string EnvFromConfigMap = "env-from-configmap";

    /// <summary>The container sets one of the region variables to nothing, and an empty region breaks botocore: it was not copied.</summary>
    public const string EmptyRegion = "empty-region";

    /// <summary>Nothing tells the pod's region: no region was injected.</summary>
    public const string NoRegion = "no-region";

    /// <summary>All reasons.</summary>
    public static IReadOnlyList<string> All { get; } =
        [PodLabel, Annotation, EnvFromSecret, EnvFromConfigMap, EmptyRegion, NoRegion];
}
