using System.Text.Json.Nodes;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using YamlDotNet.Serialization;

namespace StsWebhook.Demo;

/// <summary>Shows the differences of two objects as YAML, each with the parent lines that locate it.</summary>
internal static class YamlDiff
{
    private static readonly ISerializer Yaml = new SerializerBuilder().WithIndentedSequences().DisableAliases().Build();

    /// <summary>The changed lines, prefixed with + or -, and their parent lines.</summary>
    public static IEnumerable<string> Between(JsonNode before, JsonNode after)
    {
        var lines = InlineDiffBuilder.Diff(ToYaml(before), ToYaml(after)).Lines;
        var path = new Stack<(int Indent, string Line, bool IsShown)>();
        foreach (var line in lines.Where(l => l.Text.Length > 0))
        {
            var indent = line.Text.Length - line.Text.TrimStart(' ').Length;
            if (line.Type is ChangeType.Unchanged)
            {
                while (path.TryPeek(out var above) && above.Indent >= indent)
                {
                    path.Pop();
                }

                path.Push((indent, line.Text, IsShown: false));
                continue;
            }

            var leading = path.Where(p => p.Indent < indent).Reverse().ToArray();
            foreach (var (_, text, isShown) in leading)
            {
                if (!isShown)
                {
                    yield return $"  {text}";
                }
            }

            path = new Stack<(int, string, bool)>(leading.Select(p => (p.Indent, p.Line, true)));
            yield return $"{(line.Type is ChangeType.Deleted ? '-' : '+')} {line.Text}";
        }
    }

    private static string ToYaml(JsonNode node) => Yaml.Serialize(ToObject(node)!);

    private static object? ToObject(JsonNode? node) => node switch
    {
        JsonObject json => json.ToDictionary(m => m.Key, m => ToObject(m.Value), StringComparer.Ordinal),
        JsonArray array => array.Select(ToObject).ToList(),
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => node?.ToJsonString(),
    };
}
