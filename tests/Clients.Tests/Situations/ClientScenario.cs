using StsWebhook.Core.Regions;

namespace StsWebhook.Clients.Tests.Situations;

/// <summary>A cluster and a pod in it.</summary>
/// <param name="Title">The column's heading in the page.</param>
/// <param name="NodeRegions">The regions of the cluster's nodes; the pod runs on the last of them.</param>
internal sealed record ClientScenario(string Title, params string[] NodeRegions)
{
    /// <summary>The global host, which no client should call.</summary>
    public const string GlobalHost = "sts.amazonaws.com";

    /// <summary>Whether the pod is not sent to the webhook.</summary>
    public bool IsBefore { get; private init; }

    /// <summary>The region that the pod's author set in both variables.</summary>
    public string? OwnRegion { get; private init; }

    /// <summary>The region in a ConfigMap that the container reads by envFrom, as AWS_REGION alone.</summary>
    public string? ConfigMapRegion { get; private init; }

    /// <summary>The recipe of docs/endpoints.md that the webhook runs with.</summary>
    public string? Recipe { get; private init; }

    /// <summary>The host that a client should call.</summary>
    public required string Host { get; init; }

    /// <summary>The regional host of the node's region, without a recipe.</summary>
    public string RegionalHost => HostOf(ConfigMapRegion ?? NodeRegions[^1]);

    public static IReadOnlyList<ClientScenario> Before { get; } =
    [
        new("Nothing set", "us-east-2") { IsBefore = true, Host = HostOf("us-east-2") },
        new("Region set", "us-east-2") { IsBefore = true, Host = HostOf("us-east-2"), OwnRegion = "us-east-2" },
    ];

    public static ClientScenario After { get; } = In("us-east-2") with { Title = "With StsWebhook" };

    /// <summary>Scenarios that must work in every client, besides <see cref="After"/>.</summary>
    public static IReadOnlyList<ClientScenario> Elsewhere { get; } =
    [
        In("cn-north-1"),
        In("us-gov-west-1"),
        new("Deferred to the binding", "us-east-2", "us-east-2", "eu-west-1") { Host = HostOf("eu-west-1") },
        new("Region from a ConfigMap", "us-east-2") { ConfigMapRegion = "eu-west-1", Host = HostOf("eu-west-1") },
    ];

    /// <summary>A partition that is newer than some clients.</summary>
    public static ClientScenario Sovereign { get; } = In("eusc-de-east-1");

    public static IReadOnlyList<ClientScenario> Recipes { get; } =
    [
        After with
        {
            Title = "Interface endpoint",
            Recipe = "Interface endpoint without private DNS",
            Host = "vpce-0a1b2c3d4e5f67890-abcdefgh.sts.us-east-2.vpce.amazonaws.com",
        },
        Elsewhere[2] with { Title = "One name a region", Recipe = "Interface endpoints in several regions", Host = "sts.eu-west-1.aws.example.com" },
        After with { Title = "FIPS", Recipe = "FIPS", Host = "sts-fips.us-east-2.amazonaws.com" },
        After with { Title = "Dual stack", Recipe = "Dual stack", Host = "sts.us-east-2.api.aws" },
        After with { Title = "Dual stack, STS alone", Recipe = "Dual stack for STS alone", Host = "sts.us-east-2.api.aws" },
    ];

    public static IReadOnlyList<ClientScenario> All { get; } = [.. Before, After, .. Elsewhere, Sovereign, .. Recipes];

    public static ClientScenario Of(string title) => All.Single(situation => situation.Title == title);

    public override string ToString() => Title;

    private static ClientScenario In(string region) => new(region, region) { Host = HostOf(region) };

    private static string HostOf(string region) => Partitions.Find(region)!.StsHost(region);
}
