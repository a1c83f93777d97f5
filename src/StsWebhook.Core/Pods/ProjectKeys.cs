using System.Text;

namespace StsWebhook.Core.Pods;

/// <summary>
/// The labels and annotations of this project: its contract with the authors of pods and namespaces. The forms in UTF-8
/// are for reading JSON in place.
/// </summary>
public static class ProjectKeys
{
    /// <summary>The prefix of all keys.</summary>
    public const string Prefix = "sts-webhook.io/";

    /// <summary>
    /// Label of a namespace or a pod: <see cref="Enabled"/> opts a namespace in, <see cref="Disabled"/> opts a pod out.
    /// </summary>
    public const string Inject = Prefix + "inject";

    /// <summary>
    /// Label of a namespace: its enforcement, <c>deny</c>, <c>warn</c> or <c>audit</c>, instead of the configured one.
    /// </summary>
    public const string Enforce = Prefix + "enforce";

    /// <summary>Annotation of a pod: the region to inject, instead of the node's.</summary>
    public const string Region = Prefix + "region";

    /// <summary>Annotation of a pod: the names of containers to leave unchanged, separated by commas.</summary>
    public const string SkipContainers = Prefix + "skip-containers";

    /// <summary>Annotation that the webhook sets on a pod: the region of the node that the pod was bound to.</summary>
    public const string NodeRegion = Prefix + "node-region";

    /// <summary>
    /// Annotation of the Secret of managed certificates: the serial numbers of CAs that must not be trusted any more.
    /// </summary>
    public const string Revoke = Prefix + "revoke";

    /// <summary>The value of <see cref="Inject"/> that opts a namespace in.</summary>
    public const string Enabled = "enabled";

    /// <summary>The value of <see cref="Inject"/> that opts a pod out.</summary>
    public const string Disabled = "disabled";

    private static readonly byte[] PrefixBytes = Encoding.UTF8.GetBytes(Prefix);
    private static readonly byte[] InjectBytes = Encoding.UTF8.GetBytes(Inject);
    private static readonly byte[] EnforceBytes = Encoding.UTF8.GetBytes(Enforce);
    private static readonly byte[] RegionBytes = Encoding.UTF8.GetBytes(Region);
    private static readonly byte[] SkipContainersBytes = Encoding.UTF8.GetBytes(SkipContainers);
    private static readonly byte[] NodeRegionBytes = Encoding.UTF8.GetBytes(NodeRegion);
    private static readonly byte[] RevokeBytes = Encoding.UTF8.GetBytes(Revoke);
    private static readonly byte[] EnabledBytes = Encoding.UTF8.GetBytes(Enabled);
    private static readonly byte[] DisabledBytes = Encoding.UTF8.GetBytes(Disabled);

    /// <summary><see cref="Prefix"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> PrefixUtf8 => PrefixBytes;

    /// <summary><see cref="Inject"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> InjectUtf8 => InjectBytes;

    /// <summary><see cref="Enforce"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> EnforceUtf8 => EnforceBytes;

    /// <summary><see cref="Region"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> RegionUtf8 => RegionBytes;

    /// <summary><see cref="SkipContainers"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> SkipContainersUtf8 => SkipContainersBytes;

    /// <summary><see cref="NodeRegion"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> NodeRegionUtf8 => NodeRegionBytes;

    /// <summary><see cref="Revoke"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> RevokeUtf8 => RevokeBytes;

    /// <summary><see cref="Enabled"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> EnabledUtf8 => EnabledBytes;

    /// <summary><see cref="Disabled"/> in UTF-8.</summary>
    public static ReadOnlySpan<byte> DisabledUtf8 => DisabledBytes;
}
