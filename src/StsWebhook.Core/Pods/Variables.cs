using System.Collections.Frozen;

namespace StsWebhook.Core.Pods;

/// <summary>The environment variables that AWS SDKs read.</summary>
public static class Variables
{
    /// <summary>
    /// Chooses between the global and the regional STS endpoint
    /// (docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html).
    /// </summary>
    public const string Mode = "AWS_STS_REGIONAL_ENDPOINTS";

    /// <summary>The only value to inject; always lower case, since botocore refuses <c>Regional</c>.</summary>
    public const string Regional = "regional";

    /// <summary>The region, as the .NET, Java and JavaScript SDKs read it.</summary>
    public const string Region = "AWS_REGION";

    /// <summary>The region, as botocore reads it, and only so.</summary>
    public const string DefaultRegion = "AWS_DEFAULT_REGION";

    /// <summary>Those that are injected; Windows takes them in any case.</summary>
    internal static FrozenSet<string> Injected { get; } =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, Mode, Region, DefaultRegion);
}
