using System.Text.Json;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace StsWebhook.CloudTrailQueries.Tests;

/// <summary>
/// The sample events in an embedded database, in the table that <c>athena/table.sql</c> defines. DuckDB runs Athena's queries
/// unchanged; functions with other names are defined here.
/// </summary>
internal sealed partial class SampleTable : IDisposable
{
    private const string Functions = """
        CREATE MACRO json_extract_scalar(json, path) AS json_extract_string(json, path);
        """;

    private readonly DuckDBConnection connection = new("Data Source=:memory:");

    public SampleTable()
    {
        connection.Open();
        Execute(Functions);

        var columns = ColumnsOf(File.ReadAllText(Query("athena/table.sql")));
        Execute($"CREATE TABLE cloudtrail_logs ({string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"))}, \"timestamp\" VARCHAR, event JSON)");
        using var log = JsonDocument.Parse(File.ReadAllBytes(Events));
        foreach (var sample in log.RootElement.GetProperty("Records").EnumerateArray())
        {
            var partition = sample.GetProperty("eventTime").GetString()![..10].Replace('-', '/');
            var values = columns.Select(c => c.Type.Literal(HiveType.Member(sample, c.Name)));
            Execute($"INSERT INTO cloudtrail_logs VALUES ({string.Join(", ", values)}, '{partition}', {HiveType.Parse("STRING").Literal(sample)})");
        }
    }

    /// <summary>The samples. The prefix of an event's id says what kind of event it is.</summary>
    public static string Events => Path.Combine(AppContext.BaseDirectory, "Fixtures", "events.json");

    /// <summary>A file of deploy/cloudtrail.</summary>
    public static string Query(string name) => Path.Combine(AppContext.BaseDirectory, "Queries", name);

    /// <summary>The rows that a query finds, each cell as text.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Run(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(reader.GetName, i => reader.GetValue(i).ToString()!, StringComparer.Ordinal));
        }

        return rows;
    }

    public void Dispose() => connection.Dispose();

    private static (string Name, HiveType Type)[] ColumnsOf(string ddl) =>
        [.. Column().Matches(ddl).Select(match => (match.Groups["name"].Value, HiveType.Parse(match.Groups["type"].Value)))];

    [GeneratedRegex(@"^  (?<name>[a-z]+) (?<type>STRING|STRUCT<[^>]*>)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Column();

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
