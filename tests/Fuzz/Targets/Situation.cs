using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Fuzz.Targets;

/// <summary>The context of a review: the called webhook, the enforcement of the namespace, the settings, the cluster.</summary>
internal sealed record Situation(
    Webhook Webhook, Enforcement? Enforcement, NodeTable Nodes, ReviewSettings Settings, ConfigMapLookup ConfigMap)
{
    private static readonly Choice<Webhook> Webhooks = new(("mutate", Webhook.Mutate), ("validate", Webhook.Validate), ("bind", Webhook.Bind));

    private static readonly Choice<Enforcement?> Enforcements = new(
        ("deny", Core.Policy.Enforcement.Deny), ("warn", Core.Policy.Enforcement.Warn), ("audit", Core.Policy.Enforcement.Audit), ("configured", null));

    private static readonly Choice<NodeTable> Clusters = new(
        ("no-nodes", NodeTable.Empty),
        ("one-region", new NodeTable([Node("node-a", "us-east-2"), Node("node-b", "us-east-2")])),
        ("two-regions", new NodeTable([Node("node-a", "us-east-2"), Node("node-b", "us-east-2"), Node("node-c", "eu-west-1"), new Node("node-d", Region: null, new Dictionary<string, string>(StringComparer.Ordinal))])));

    private static readonly Choice<ReviewSettings> AllSettings = new(
        ("plain", new ReviewSettings()),
        ("default-region", new ReviewSettings { DefaultRegion = "cn-north-1" }),
        ("extra", new ReviewSettings
        {
            Injection = new InjectionSettings { ExtraVariables = [Extra("AWS_ENDPOINT_URL_STS", "https://sts.{region}.{dnsSuffix}"), Extra("FIPS", "true"), Extra("P", "{partition}")] },
        }),
        ("strict", new ReviewSettings
        {
            Policy = new PolicySettings { Workloads = Severity.Deny, ConfigMaps = Severity.Deny },
            Injection = new InjectionSettings { Region = false, ExtraVariables = [Extra("R", "{region}")] },
        }));

    private static readonly Choice<ConfigMapLookup> ConfigMaps = new(
        ("unread", ConfigMapLookup.Unknown),
        ("missing", ConfigMapLookup.Absent),
        ("region", Data(("AWS_REGION", "eu-west-1"), ("REGION", "us-east-2"), ("k", "v"))),
        ("hostile", Data(("AWS_DEFAULT_REGION", ""), ("k", "https://sts.amazonaws.com"), ("key", "sts.amazonaws.com"), ("AWS_STS_REGIONAL_ENDPOINTS", "legacy"), ("a/b~c", "$(X)"))));

    /// <summary>Whether it is known of each ConfigMap if it exists.</summary>
    public bool AreConfigMapsRead => !ConfigMap.IsUnknown;

    /// <summary>Parses a situation from its words, such as <c>mutate deny two-regions plain unread</c>.</summary>
    public static Situation Of(string head)
    {
        var words = head.Split(' ');
        return new Situation(
            Webhooks[words[0]], Enforcements[words.ElementAtOrDefault(1)], Clusters[words.ElementAtOrDefault(2)], AllSettings[words.ElementAtOrDefault(3)], ConfigMaps[words.ElementAtOrDefault(4)]);
    }

    /// <summary>The words of a random situation.</summary>
    public static string Any(Random random) => string.Join(
        ' ', Webhooks.Any(random), Enforcements.Any(random), Clusters.Any(random), AllSettings.Any(random), ConfigMaps.Any(random));

    /// <summary>What a review that asks for <paramref name="configMaps"/> knows about the cluster.</summary>
    public ClusterSnapshot View(IEnumerable<ConfigMapReference> configMaps) => new(Nodes)
    {
        BoundNode = Nodes.Nodes.LastOrDefault(),
        ConfigMaps = AreConfigMapsRead ? new ConfigMapSet(configMaps.ToDictionary(reference => reference, _ => ConfigMap)) : ConfigMapSet.Empty,
    };

    private static Node Node(string name, string region) => Core.Regions.Node.From(
        name, new Dictionary<string, string>(StringComparer.Ordinal) { ["topology.kubernetes.io/region"] = region, ["topology.kubernetes.io/zone"] = region + "a" }, providerId: null);

    private static ConfigMapLookup Data(params (string Key, string Value)[] entries) =>
        ConfigMapLookup.Known(new ConfigMapData(entries.ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal)));

    private static ExtraVariable Extra(string name, string template) =>
        ExtraVariable.TryCreate(name, template, out var variable, out var error) ? variable : throw new InvalidOperationException(error);
}
