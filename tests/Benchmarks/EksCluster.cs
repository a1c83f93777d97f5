using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Cluster;
using StsWebhook.Core.Regions;

namespace StsWebhook.Benchmarks;

/// <summary>Nodes like those of EKS, with the same labels.</summary>
internal static class EksCluster
{
    private static readonly string[] InstanceTypes = ["m6i.large", "m6i.xlarge", "c7g.2xlarge", "r6i.4xlarge"];

    /// <summary>Reads generated Node objects, spread over <paramref name="regions"/>, as the watch does.</summary>
    public static IReadOnlyList<Node> Nodes(int count, params string[] regions)
    {
        var reader = new NodeParser();
        var nodes = new List<Node>(count);
        for (var i = 0; i < count; i++)
        {
            using var json = JsonDocument.Parse(Json(i, regions[i % regions.Length]));
            nodes.Add(reader.Parse(json.RootElement)!);
        }

        return nodes;
    }

    private static string Json(int i, string region)
    {
        var zone = region + (char)('a' + (i % 3));
        var name = string.Create(CultureInfo.InvariantCulture, $"ip-10-{i / 250 % 250}-{i % 250}-{i % 7}.{region}.compute.internal");
        var labels = new JsonObject
        {
            ["beta.kubernetes.io/arch"] = "amd64",
            ["beta.kubernetes.io/instance-type"] = InstanceTypes[i % 4],
            ["beta.kubernetes.io/os"] = "linux",
            ["eks.amazonaws.com/capacityType"] = i % 3 == 0 ? "SPOT" : "ON_DEMAND",
            ["eks.amazonaws.com/nodegroup"] = $"group-{i % 5}",
            ["eks.amazonaws.com/nodegroup-image"] = "ami-0123456789abcdef0",
            ["eks.amazonaws.com/sourceLaunchTemplateId"] = "lt-0123456789abcdef0",
            ["eks.amazonaws.com/sourceLaunchTemplateVersion"] = "1",
            ["failure-domain.beta.kubernetes.io/region"] = region,
            ["failure-domain.beta.kubernetes.io/zone"] = zone,
            ["k8s.io/cloud-provider-aws"] = "f25e8bd5ef3c57ed7bcb5b0e3f6d6b70",
            ["karpenter.k8s.aws/instance-category"] = "m",
            ["karpenter.k8s.aws/instance-cpu"] = "8",
            ["karpenter.k8s.aws/instance-family"] = "m6i",
            ["karpenter.k8s.aws/instance-generation"] = "6",
            ["karpenter.k8s.aws/instance-memory"] = "32768",
            ["karpenter.sh/capacity-type"] = "on-demand",
            ["karpenter.sh/nodepool"] = $"pool-{i % 4}",
            ["kubernetes.io/arch"] = "amd64",
            ["kubernetes.io/hostname"] = name,
            ["kubernetes.io/os"] = "linux",
            ["node.kubernetes.io/instance-type"] = InstanceTypes[i % 4],
            ["team"] = $"team-{i % 20}",
            ["topology.ebs.csi.aws.com/zone"] = zone,
            ["topology.k8s.aws/zone-id"] = $"use2-az{i % 3}",
            ["topology.kubernetes.io/region"] = region,
            ["topology.kubernetes.io/zone"] = zone,
        };
        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = labels },
            ["spec"] = new JsonObject { ["providerID"] = $"aws:///{zone}/i-{i:x17}" },
        }.ToJsonString();
    }
}
