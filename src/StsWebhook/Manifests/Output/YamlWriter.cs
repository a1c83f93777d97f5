using System.Text;
using System.Text.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests.Output;

/// <summary>
/// Writes nodes as YAML in the style of kubectl: lists are not indented, and multi-line strings are literal blocks.
/// </summary>
internal sealed class YamlWriter
{
    /// <summary>
    /// Longer keys are written with a question mark (yaml.org/spec/1.2.2, section 7.4.2 requires it from 1,024 characters).
    /// </summary>
    private const int MaxKey = 512;

    private readonly StringBuilder yaml = new();

    private YamlWriter()
    {
    }

    /// <summary>Writes a document with its <c>---</c> line.</summary>
    public static string Write(ManifestNode document)
    {
        var writer = new YamlWriter();
        writer.yaml.Append("---");
        writer.WriteValue(document, indent: 0, listIndent: 0);
        return writer.yaml.ToString();
    }

    /// <summary>Writes a value after a colon or the start of a document, and a line break.</summary>
    private void WriteValue(ManifestNode node, int indent, int listIndent)
    {
        switch (node)
        {
            case MappingNode { Entries.Count: > 0 } mapping:
                yaml.Append('\n');
                WriteEntries(mapping, indent, isFirstIndented: true);
                break;
            case SequenceNode { Items.Count: > 0 } sequence:
                yaml.Append('\n');
                WriteItems(sequence, listIndent, isFirstIndented: true);
                break;
            default:
                yaml.Append(' ');
                WriteLeaf(node, indent);
                break;
        }
    }

    private void WriteEntries(MappingNode mapping, int indent, bool isFirstIndented)
    {
        foreach (var entry in mapping.Entries)
        {
            Indent(isFirstIndented ? indent : 0);
            isFirstIndented = true;
            var key = YamlText.OnOneLine(entry.Key);
            if (key.Length > MaxKey)
            {
                yaml.Append("? ").Append(key).Append('\n');
                Indent(indent);
                yaml.Append(':');
            }
            else
            {
                yaml.Append(key).Append(':');
            }

            WriteValue(entry.Value, indent + 2, listIndent: indent);
        }
    }

    private void WriteItems(SequenceNode sequence, int indent, bool isFirstIndented)
    {
        foreach (var item in sequence.Items)
        {
            Indent(isFirstIndented ? indent : 0);
            isFirstIndented = true;
            yaml.Append("- ");
            switch (item)
            {
                case MappingNode { Entries.Count: > 0 } mapping:
                    WriteEntries(mapping, indent + 2, isFirstIndented: false);
                    break;
                case SequenceNode { Items.Count: > 0 } items:
                    WriteItems(items, indent + 2, isFirstIndented: false);
                    break;
                default:
                    WriteLeaf(item, indent + 2);
                    break;
            }
        }
    }

    private void WriteLeaf(ManifestNode node, int indent)
    {
        var text = node switch
        {
            MappingNode => "{}",
            SequenceNode => "[]",
            ScalarNode { Kind: JsonValueKind.String } scalar => YamlText.Format(scalar.Text, Math.Max(indent, 2)),
            ScalarNode scalar => scalar.Text,
            _ => throw new ArgumentException($"unknown node {node.GetType().Name}", nameof(node)),
        };
        yaml.Append(text).Append('\n');
    }

    private void Indent(int count) => yaml.Append(' ', count);
}
