using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>
/// Reads a sequence of JSON values into nodes with line numbers, which <see cref="JsonDocument"/> does not provide.
/// </summary>
internal ref struct JsonReader
{
    private readonly ReadOnlySpan<byte> utf8;
    private Utf8JsonReader reader;
    private int counted;
    private int line = 1;

    private JsonReader(ReadOnlySpan<byte> utf8)
    {
        this.utf8 = utf8;
        reader = new Utf8JsonReader(utf8,
            new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = JsonInput.MaxDepth + 1 });
    }

    /// <summary>Reads all values.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="documents">Receives the values, also those before an error.</param>
    /// <exception cref="UnusableManifestException">The text is not JSON.</exception>
    public static void Read(ReadOnlySpan<byte> utf8, List<ManifestNode> documents)
    {
        var values = new JsonReader(utf8);
        try
        {
            while (values.reader.Read())
            {
                documents.Add(values.Read());
            }
        }
        catch (JsonException e)
        {
            throw new UnusableManifestException((int)(e.LineNumber ?? 0) + 1,
                $"not JSON: at byte {e.BytePositionInLine + 1} of the line");
        }
        catch (InvalidOperationException)
        {
            throw new UnusableManifestException(values.line, "not JSON: a \\u escape names half of a surrogate pair");
        }
    }

    private ManifestNode Read()
    {
        DepthLimit.Check(reader.CurrentDepth + 1, Line());
        return reader.TokenType switch
        {
            JsonTokenType.StartObject => ReadMapping(),
            JsonTokenType.StartArray => ReadSequence(),
            JsonTokenType.String => new ScalarNode(Line(), JsonValueKind.String, reader.GetString()!),
            JsonTokenType.Number => Scalar(JsonValueKind.Number),
            JsonTokenType.True => Scalar(JsonValueKind.True),
            JsonTokenType.False => Scalar(JsonValueKind.False),
            _ => Scalar(JsonValueKind.Null),
        };
    }

    private ScalarNode Scalar(JsonValueKind kind) => new(Line(), kind, Encoding.UTF8.GetString(reader.ValueSpan));

    private SequenceNode ReadSequence()
    {
        var start = Line();
        var items = new List<ManifestNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Read());
        }

        return new SequenceNode(start, items);
    }

    private MappingNode ReadMapping()
    {
        var start = Line();
        var mapping = new MappingBuilder();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var (key, keyLine) = (reader.GetString()!, Line());
            reader.Read();
            mapping.Add(new MappingEntry(key, keyLine, Read()));
        }

        return mapping.Build(start);
    }

    /// <summary>The line of the current token. Continues counting from the previous call, so the total cost is linear.</summary>
    private int Line()
    {
        var at = (int)reader.TokenStartIndex;
        line += utf8[counted..at].Count((byte)'\n');
        counted = at;
        return line;
    }
}
