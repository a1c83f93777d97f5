namespace StsWebhook.Core.Regions;

/// <summary>An AWS partition: a group of regions with accounts, credentials and DNS names of its own.</summary>
/// <param name="Id">As in ARNs: <c>aws</c>, <c>aws-cn</c>, <c>aws-us-gov</c>.</param>
/// <param name="DnsSuffix">What endpoint names of the partition end in, as <c>amazonaws.com.cn</c>.</param>
/// <param name="DualStackDnsSuffix">What the names of endpoints end in that answer by IPv6 too, as <c>api.aws</c>.</param>
public sealed record Partition(string Id, string DnsSuffix, string DualStackDnsSuffix)
{
    /// <summary>The regional STS host of <paramref name="region"/>, which may also be a reference such as <c>$(AWS_REGION)</c>.</summary>
    public string StsHost(string region) => $"sts.{region}.{DnsSuffix}";
}
