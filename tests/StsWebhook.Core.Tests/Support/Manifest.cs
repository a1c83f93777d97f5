using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace StsWebhook.Core.Tests.Support;

/// <summary>
/// A file of realistic objects. Comments at its top list the expected findings, one per line:
/// <c># denies: rule@field</c>, <c># warns: rule@field</c>. <c># region: name</c> is the region of the nodes, by default
/// <c>us-east-2</c>.
/// </summary>
internal sealed class Manifest
{
    private const string DefaultRegion = "us-east-2";

    private static readonly IDeserializer Yaml =
        new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    private readonly List<(string Severity, string Finding)> expected = [];

    private Manifest(string text)
    {
        foreach (var line in text.Split('\n').TakeWhile(line => line.StartsWith('#')))
        {
            var parts = line.TrimStart('#', ' ').TrimEnd().Split(": ", 2);
            switch (parts)
            {
                case ["denies", var finding]: expected.Add(("deny", finding)); break;
                case ["warns", var finding]: expected.Add(("warn", finding)); break;
                case ["region", var region]: Region = region; break;
            }
        }

        Objects = [.. Documents(text)];
    }

    /// <summary>The region of the cluster's nodes.</summary>
    public string Region { get; } = DefaultRegion;

    /// <summary>The objects in the order of the file.</summary>
    public IReadOnlyList<JsonObject> Objects { get; }

    /// <summary>The expected findings, such as <c>deny global-endpoint@spec.hostAliases[0].hostnames[0]</c>, sorted.</summary>
    public IReadOnlyList<string> Expected => [.. expected.Select(e => $"{e.Severity} {e.Finding}").Order(StringComparer.Ordinal)];

    public static Manifest Read(string path) => new(Encoding.UTF8.GetString(Fixture.Bytes(path)));

    private static IEnumerable<JsonObject> Documents(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            yield return ToJson(Yaml.Deserialize(parser))!.AsObject();
        }
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object?> map => new JsonObject(map.Select(entry =>
            KeyValuePair.Create(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, ToJson(entry.Value)))),
        IList<object?> list => new JsonArray([.. list.Select(ToJson)]),
        bool flag => flag,
        string word => word,
        _ => JsonNode.Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!),
    };
}
