namespace StsWebhook.Core.Pods;

/// <summary>The list of a pod that contains a container.</summary>
internal enum ContainerKind
{
    /// <summary><c>spec.initContainers</c>, which include native sidecars.</summary>
    Init,

    /// <summary><c>spec.containers</c>.</summary>
    Regular,

    /// <summary><c>spec.ephemeralContainers</c>, which only the subresource of that name can add.</summary>
    Ephemeral,
}
