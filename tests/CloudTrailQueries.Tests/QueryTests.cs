using System.Globalization;
using System.Text.Json;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.CloudTrailQueries.Tests;

public sealed class QueryTests : IDisposable
{
    /// <summary>The text before the first day whose calls are counted.</summary>
    private const string FirstDay = "\"timestamp\" >= '";

    private const string AllIds = "SELECT eventid FROM cloudtrail_logs";

    private readonly SampleTable table = new();

    public void Dispose() => table.Dispose();

    [Theory]
    [InlineData("2025/08/01", "2025-08-01")]
    [InlineData("2000/01/01", "2000-01-01")]
    public async Task AthenaGlobalCalls_FindWhatTheCommandFinds(string firstDay, string since)
    {
        var parts = (await ReadAsync("athena/global-calls.sql")).Split(FirstDay);

        var found = table.Run($"{parts[0]}{FirstDay}{firstDay}{parts[1][firstDay.Length..]}").Select(row => string.Join('|', row.Values));

        Assert.Equal(await CallersAsync("--since", since), found.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task InsightsGlobalCalls_FindEveryGlobalEvent_AndNoOther()
    {
        var found = Ids($"{AllIds} WHERE {InsightsFilter.ToSql(await ReadAsync("logs-insights/global-calls.txt"))}");

        Assert.Equal(Ids(AllIds).Where(id => id.StartsWith("global-", StringComparison.Ordinal)), found, StringComparer.Ordinal);
    }

    /// <summary>AWS's guide finds only the Host header. The other queries exist because of what it misses.</summary>
    [Theory]
    [InlineData("athena/guide.sql")]
    [InlineData("logs-insights/guide.txt")]
    public async Task Guide_FindsTheHostHeaderAlone(string name)
    {
        var query = await ReadAsync(name);
        var found = Ids(name.EndsWith(".sql", StringComparison.Ordinal) ? query : $"{AllIds} WHERE {InsightsFilter.ToSql(query)}");

        Assert.Equal(["global-before-2025", "global-other-account", "global-served-by-us-east-1", "global-vpc-endpoint"], found, StringComparer.Ordinal);
    }

    private static async Task<IEnumerable<string>> CallersAsync(params string[] arguments)
    {
        var (_, output, _) = await NativeProcess.RunAsync(["cloudtrail", SampleTable.Events, "--output", "json", .. arguments]);
        using var report = JsonDocument.Parse(string.Join('\n', output));
        return [.. report.RootElement.GetProperty("callers").EnumerateArray().Select(RowOf).Order(StringComparer.Ordinal)];
    }

    private static string RowOf(JsonElement caller)
    {
        var signs = caller.GetProperty("signs");
        return string.Join(
            '|',
            Number(caller, "calls"),
            Text(caller, "lastSeen"),
            Text(caller, "servingRegion"),
            Number(signs, "endpointType"),
            Number(signs, "globalHost"),
            Number(signs, "localHost"),
            Text(caller, "source"),
            Text(caller, "principal"),
            Text(caller, "userAgent"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static string Number(JsonElement json, string name) => json.GetProperty(name).GetInt64().ToString(CultureInfo.InvariantCulture);

    private static Task<string> ReadAsync(string name) => File.ReadAllTextAsync(SampleTable.Query(name));

    private IEnumerable<string> Ids(string sql) => table.Run(sql).Select(row => row["eventid"]).Order(StringComparer.Ordinal);
}
