using System.Collections.Frozen;

namespace StsWebhook.Core.Pods;

/// <summary>The environment variables that AWS SDKs read.</summary>
public static class Variables
{
    /// <summary>
    /// The mode: selects the global or the regional STS endpoint
    /// (docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html).
    /// </summary>
    public const string EndpointMode = "AWS_STS_REGIONAL_ENDPOINTS";

    /// <summary>The only value that is injected. It is lower case, since botocore rejects <c>Regional</c>.</summary>
    public const string Regional = "regional";

    /// <summary>The region, as the .NET, Java and JavaScript SDKs read it.</summary>
    public const string Region = "AWS_REGION";

    /// <summary>The region, as botocore reads it; botocore ignores <see cref="Region"/>.</summary>
    public const string DefaultRegion = "AWS_DEFAULT_REGION";

    /// <summary>The injected variables. Windows ignores the case of names.</summary>
    internal static FrozenSet<string> Injected { get; } =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, EndpointMode, Region, DefaultRegion);
}
