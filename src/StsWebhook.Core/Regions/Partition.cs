namespace StsWebhook.Core.Regions;

/// <summary>An AWS partition: a group of regions with its own accounts, credentials and DNS names.</summary>
/// <param name="Id">The partition as ARNs write it: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="DnsSuffix">The DNS suffix of the partition's endpoints, for example <c>amazonaws.com.cn</c>.</param>
/// <param name="DualStackDnsSuffix">The DNS suffix of endpoints that serve IPv4 and IPv6, for example <c>api.aws</c>.</param>
public sealed record Partition(string Id, string DnsSuffix, string DualStackDnsSuffix)
{
    /// <summary>The host of the regional STS endpoint, for example <c>sts.eu-west-1.amazonaws.com</c>.</summary>
    /// <param name="region">A region name, or a reference such as <c>$(AWS_REGION)</c>.</param>
    public string StsHost(string region) => $"sts.{region}.{DnsSuffix}";
}
