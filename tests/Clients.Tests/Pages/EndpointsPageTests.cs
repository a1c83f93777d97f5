using System.Text.Json;
using StsWebhook.Core.Regions;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Clients.Tests.Pages;

public sealed class EndpointsPageTests
{
    private const string Table = "partitions";

    private static readonly MarkedPage Page = new("endpoints.md");

    [Fact]
    public void Partitions_MatchTheProgramsTable()
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src/StsWebhook.Core/Regions/partitions.json")));
        string[] expected =
        [
            "| Partition | Regions | STS host | Dual-stack host |",
            "| --- | --- | --- | --- |",
            .. json.RootElement.GetProperty("partitions").EnumerateArray().Select(Row),
        ];
        if (MarkedPage.IsUpdating)
        {
            Page[Table] = expected;
        }

        Assert.Equal(expected, Page[Table]);
    }

    private static string Row(JsonElement partition)
    {
        var regions = partition.GetProperty("regions").EnumerateObject().Select(region => region.Name).Where(Partitions.IsRegion).ToArray();
        var ofPartition = Partitions.Find(regions[0])!;
        var named = regions.Length > 4 ? $"{regions.Length}, as `{regions[0]}`" : string.Join(", ", regions.Select(region => $"`{region}`"));
        return $"| `{ofPartition.Id}` | {named} | `{ofPartition.StsHost("REGION")}` | `sts.REGION.{ofPartition.DualStackDnsSuffix}` |";
    }
}
