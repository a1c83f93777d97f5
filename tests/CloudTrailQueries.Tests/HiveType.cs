using System.Text.Json;

namespace StsWebhook.CloudTrailQueries.Tests;

/// <summary>
/// A type of Athena's DDL, converted to DuckDB. Values are read like the table's SerDe reads them: names in any case, and an
/// object as its JSON where the type is STRING.
/// </summary>
internal sealed record HiveType(IReadOnlyList<(string Name, HiveType Type)>? Members)
{
    private static readonly HiveType Text = new(Members: null);

    /// <summary>Reads <c>STRING</c> or <c>STRUCT&lt;name: STRING, …&gt;</c> of strings.</summary>
    public static HiveType Parse(string ddl)
    {
        if (ddl.Trim() == "STRING")
        {
            return Text;
        }

        var members = ddl.Trim()["STRUCT<".Length..^1].Split(',').Select(member => member.Split(':'));
        return new HiveType([.. members.Select(member => (member[0].Trim(), Parse(member[1])))]);
    }

    /// <summary>The type in DuckDB's SQL.</summary>
    public override string ToString() =>
        Members is null ? "VARCHAR" : $"STRUCT({string.Join(", ", Members.Select(member => $"{member.Name} {member.Type}"))})";

    /// <summary>A value as an SQL literal.</summary>
    public string Literal(JsonElement? value) => (value, Members) switch
    {
        (null or { ValueKind: JsonValueKind.Null }, _) => "NULL",
        ({ ValueKind: JsonValueKind.String } text, null) => Quote(text.GetString()!),
        ({ } json, null) => Quote(json.GetRawText()),
        ({ } json, { } members) => $"{{{string.Join(", ", members.Select(member => $"'{member.Name}': {member.Type.Literal(Member(json, member.Name))}"))}}}",
    };

    /// <summary>The member with this name, ignoring case, or null.</summary>
    public static JsonElement? Member(JsonElement json, string name)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
