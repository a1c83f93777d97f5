namespace StsWebhook.Core.Pods;

/// <summary>Which of a pod's three container lists a container stands in.</summary>
internal enum ContainerKind
{
    /// <summary><c>spec.initContainers</c>, native sidecars among them.</summary>
    Init,

    /// <summary><c>spec.containers</c>.</summary>
    Regular,

    /// <summary><c>spec.ephemeralContainers</c>, which only the subresource of that name can add.</summary>
    Ephemeral,
}
