using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace StsWebhook.Manifests.Reading;

/// <summary>
/// Reads YAML documents into nodes. It works on the parser's events, since a model would lose lines, and what aliases
/// stand for must be bounded before it is written out.
/// </summary>
internal sealed class YamlReader
{
    /// <summary>As much as a file may have without aliases: a few lines of them could stand for terabytes.</summary>
    private const long MaxAliasedWeight = ManifestText.MaxBytes;

    private readonly Dictionary<string, ManifestNode?> anchors = new(StringComparer.Ordinal);
    private readonly Parser parser;
    private long aliasedWeight;

    private YamlReader(string text) => parser = new Parser(new StringReader(EndsInDirective(text) ? text + "\n" : text));

    /// <summary>Reads all documents.</summary>
    /// <param name="text">The text.</param>
    /// <param name="documents">Where the documents are put, those before an error too.</param>
    /// <exception cref="UnusableManifestException">The text is no YAML, or has no counterpart in JSON.</exception>
    public static void Read(string text, List<ManifestNode> documents)
    {
        var reader = new YamlReader(text);
        try
        {
            reader.ReadStream(documents);
        }
        catch (YamlException e)
        {
            throw YamlErrors.Told(e, text);
        }
        catch (UnusableManifestException e) when (e.Line > YamlErrors.LastLine(text))
        {
            throw new UnusableManifestException(YamlErrors.LastLine(text), e.Message);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            // What the parser throws for some texts instead of its own exception: an unclosed list, an escape beyond Unicode.
            throw new UnusableManifestException(reader.Line, "not YAML: something opened on this line does not end, or an escape is no character");
        }
    }

    private int Line => parser.Current is { } at ? (int)at.End.Line : 1;

    /// <summary>
    /// Whether the last line is a directive that no line break ends. The parser (18.1.0) does not come to the end of it if
    /// it ends where its buffer does, at a multiple of 1,024 characters.
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

    /// <summary>Reads the node that begins at the current event, and stays on its last one.</summary>
    private ManifestNode Read(int depth)
    {
        var start = parser.Current!;
        var line = (int)start.Start.Line;
        DepthLimit.Check(depth, line);
        if (start is AnchorAlias alias)
        {
            return Aliased(alias.Value.Value, depth, line);
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
                ?? throw new UnusableManifestException(line, "<< merges mappings: expected an alias of one, or a list of such"));
        }
    }

    /// <summary>Numbers and booleans become texts, as sigs.k8s.io/yaml makes them.</summary>
    private static string KeyOf(ManifestNode key, int line) =>
        key is ScalarNode { Kind: not System.Text.Json.JsonValueKind.Null } scalar
            ? scalar.Text
            : throw new UnusableManifestException(line, "a key must be a text");

    private ManifestNode Aliased(string name, int depth, int line)
    {
        if (!anchors.TryGetValue(name, out var node))
        {
            throw new UnusableManifestException(line, $"the alias *{name} has no anchor &{name} before it");
        }

        if (node is null)
        {
            throw new UnusableManifestException(line, $"the alias *{name} stands within its own anchor");
        }

        DepthLimit.Check(depth + node.Size.Height - 1, line);
        aliasedWeight += node.Size.Weight;
        return aliasedWeight <= MaxAliasedWeight
            ? node
            : throw new UnusableManifestException(line, $"aliases stand for more than {ManifestText.MaxMebibytes} MiB");
    }
}
