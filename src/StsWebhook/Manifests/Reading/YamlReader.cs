using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace StsWebhook.Manifests.Reading;

/// <summary>
/// Reads YAML documents into nodes. Uses the parser's events: an object model would lose line numbers, and the size of
/// expanded aliases must be limited before they are expanded.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>Limits expanded aliases to the largest file size. Without it a few lines could expand to terabytes.</summary>
    private const long MaxAliasedWeight = ManifestText.MaxBytes;

    private readonly Dictionary<string, ManifestNode?> anchors = new(StringComparer.Ordinal);
    private readonly Parser parser;
    private long aliasedWeight;

    private YamlReader(string text) => parser = new Parser(new StringReader(EndsInDirective(text) ? text + "\n" : text));

    /// <summary>Reads all documents.</summary>
    /// <param name="text">The text.</param>
    /// <param name="documents">Receives the documents, also those before an error.</param>
    /// <exception cref="UnusableManifestException">The text is not YAML, or it cannot be represented in JSON.</exception>
    public static void Read(string text, List<ManifestNode> documents)
    {
        var reader = new YamlReader(text);
        try
        {
            reader.ReadStream(documents);
        }
        catch (YamlException e)
        {
            throw YamlErrors.From(e, text);
        }
        catch (UnusableManifestException e) when (e.Line > YamlErrors.LastLine(text))
        {
            throw new UnusableManifestException(YamlErrors.LastLine(text), e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // The parser throws these for some texts instead of its own exception: an unclosed list, an escape beyond Unicode.
            throw new UnusableManifestException(
                reader.Line, "not YAML: a list, mapping or quote on this line is not closed, or an escape is not a character");
        }
    }

    private int Line => parser.Current is { } at ? (int)at.End.Line : 1;

    /// <summary>
    /// Whether the last line is a directive without a line break. The parser (YamlDotNet 18.1.0) never finishes such a line
    /// if it ends at a multiple of 1,024 characters, the size of its buffer.
    /// </summary>
    private static bool EndsInDirective(string text) =>
        text.AsSpan()[(text.AsSpan().LastIndexOfAny("\n\r\u0085\u2028\u2029") + 1)..] is ['%', ..];

    private void ReadStream(List<ManifestNode> documents)
    {
        while (parser.MoveNext())
        {
            if (parser.Current is DocumentStart)
            {
                anchors.Clear();
                parser.MoveNext();
                documents.Add(Read(depth: 1));
            }
        }
    }

    /// <summary>Reads the node that starts at the current event. Afterwards the parser is at the node's last event.</summary>
    private ManifestNode Read(int depth)
    {
        var start = parser.Current!;
        var line = (int)start.Start.Line;
        DepthLimit.Check(depth, line);
        if (start is AnchorAlias alias)
        {
            return ResolveAlias(alias.Value.Value, depth, line);
        }

        var anchor = start is NodeEvent { Anchor.IsEmpty: false } named ? named.Anchor.Value : null;
        if (anchor is not null)
        {
            anchors[anchor] = null;
        }

        ManifestNode node = start switch
        {
            Scalar scalar => YamlScalar.Resolve(scalar),
            SequenceStart => ReadSequence(depth, line),
            MappingStart => ReadMapping(depth, line),
            _ => throw new UnusableManifestException(line, "not YAML: expected a value"),
        };
        if (anchor is not null)
        {
            anchors[anchor] = node;
        }

        return node;
    }

    private SequenceNode ReadSequence(int depth, int line)
    {
        var items = new List<ManifestNode>();
        while (parser.MoveNext() && parser.Current is not SequenceEnd)
        {
            items.Add(Read(depth + 1));
        }

        return new SequenceNode(line, items);
    }

    private MappingNode ReadMapping(int depth, int line)
    {
        var mapping = new MappingBuilder();
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            var isMerge = parser.Current is Scalar { Value: "<<", IsPlainImplicit: true };
            var keyLine = (int)parser.Current!.Start.Line;
            var key = Read(depth + 1);
            parser.MoveNext();
            var value = Read(depth + 1);
            if (isMerge)
            {
                Merge(value, keyLine, mapping);
            }
            else
            {
                mapping.Add(new MappingEntry(KeyOf(key, keyLine), keyLine, value));
            }
        }

        return mapping.Build(line);
    }

    private static void Merge(ManifestNode value, int line, MappingBuilder into)
    {
        foreach (var source in value is SequenceNode list ? list.Items : [value])
        {
            into.Merge(source as MappingNode
                ?? throw new UnusableManifestException(line,
                    "<< merges mappings: expected an alias of a mapping, or a list of such aliases"));
        }
    }

    /// <summary>Converts a key to a string. Numbers and booleans are allowed, as in sigs.k8s.io/yaml.</summary>
    private static string KeyOf(ManifestNode key, int line) =>
        key is ScalarNode { Kind: not System.Text.Json.JsonValueKind.Null } scalar
            ? scalar.Text
            : throw new UnusableManifestException(line, "a key must be a string");

    private ManifestNode ResolveAlias(string name, int depth, int line)
    {
        if (!anchors.TryGetValue(name, out var node))
        {
            throw new UnusableManifestException(line, $"the alias *{name} has no anchor &{name} before it");
        }

        if (node is null)
        {
            throw new UnusableManifestException(line, $"the alias *{name} is inside its own anchor");
        }

        DepthLimit.Check(depth + node.Size.Height - 1, line);
        aliasedWeight += node.Size.Weight;
        return aliasedWeight <= MaxAliasedWeight
            ? node
            : throw new UnusableManifestException(line, $"aliases expand to more than {ManifestText.MaxMebibytes} MiB");
    }
}
