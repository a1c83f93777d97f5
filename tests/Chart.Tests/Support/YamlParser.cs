using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>Reads YAML like the API server: quoted values are strings, and duplicate keys are errors.</summary>
internal static class YamlParser
{
    /// <summary>The objects of all documents, without empty documents.</summary>
    public static IReadOnlyList<JsonObject> Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return [.. stream.Documents.Select(d => Json(d.RootNode)).OfType<JsonObject>()];
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c =>
            KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Json(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException($"a {node.NodeType} in a manifest"),
    };

    private static JsonNode? Plain(string value) => value switch
    {
        "" or "null" or "~" => null,
        "true" => true,
        "false" => false,
        _ when long.TryParse(value, null, out var number) => number,
        _ when double.TryParse(value, null, out var number) => number,
        _ => value,
    };
}
