using System.Text.Json;
using BenchmarkDotNet.Attributes;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Benchmarks;

/// <summary>Resolving a pod's region against 5,000 nodes.</summary>
[MemoryDiagnoser]
public class ResolverBenchmarks
{
    private readonly NodeTable oneRegion = new(EksCluster.Nodes(5_000, "us-east-2"));
    private readonly NodeTable twoRegions = new(EksCluster.Nodes(5_000, "us-east-2", "eu-west-1"));

    private readonly Pod plain = Read("""{"spec":{"containers":[{"name":"app"}]}}""");

    private readonly Pod withSelector = Read("""{"spec":{"nodeSelector":{"karpenter.sh/nodepool":"pool-1"}}}""");

    private readonly Pod withAffinity = Read("""
        {"spec":{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
          {"matchExpressions":[
            {"key":"kubernetes.io/arch","operator":"In","values":["amd64","arm64"]},
            {"key":"karpenter.k8s.aws/instance-cpu","operator":"Gt","values":["4"]},
            {"key":"eks.amazonaws.com/capacityType","operator":"NotIn","values":["SPOT"]}]},
          {"matchExpressions":[{"key":"team","operator":"In","values":["team-3"]}]}]}}}}}
        """);

    /// <summary>The usual case: nothing is matched.</summary>
    [Benchmark(Baseline = true)]
    public object OneRegion() => RegionResolver.Resolve(plain, oneRegion, defaultRegion: null, canDefer: true);

    /// <summary>Two regions, and a pod that may run anywhere.</summary>
    [Benchmark]
    public object TwoRegions() => RegionResolver.Resolve(plain, twoRegions, defaultRegion: null, canDefer: true);

    /// <summary>Two regions, each node matched against a selector.</summary>
    [Benchmark]
    public object TwoRegionsSelector() => RegionResolver.Resolve(withSelector, twoRegions, defaultRegion: null, canDefer: true);

    /// <summary>Two regions, each node matched against two terms of affinity.</summary>
    [Benchmark]
    public object TwoRegionsAffinity() => RegionResolver.Resolve(withAffinity, twoRegions, defaultRegion: null, canDefer: true);

    private static Pod Read(string json) => new(JsonDocument.Parse(json).RootElement, Path: string.Empty);
}
