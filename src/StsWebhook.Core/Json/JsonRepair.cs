using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace StsWebhook.Core.Json;

/// <summary>
/// Rewrites JSON that Go's decoder accepts and System.Text.Json does not, as Go reads it: each byte that is not UTF-8, and
/// each escape of half of a surrogate pair, becomes U+FFFD (encoding/json, unquote). The API server sends such bytes in
/// <c>metadata.managedFields[].fieldsV1</c>, which it does not decode. Values that nest deeper than a limit become null:
/// every field that the code reads is far above the limit. One pass over the bytes, without recursion.
/// </summary>
internal ref struct JsonRepair
{
    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0x80, 0x80).Select(b => (byte)b)]);

    private readonly ReadOnlySpan<byte> input;
    private readonly ArrayBufferWriter<byte> output;
    private readonly int maxDepth;
    private int position;
    private int depth;
    private bool isChanged;

    private JsonRepair(ReadOnlySpan<byte> input, int maxDepth)
    {
        this.input = input;
        this.maxDepth = maxDepth;
        output = new ArrayBufferWriter<byte>(Math.Max(input.Length, 1));
    }

    private readonly bool IsCut => depth > maxDepth;

    /// <summary>Returns the rewritten text; null where nothing needs to be rewritten. Text that is not JSON stays so.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="maxDepth">The deepest level of arrays and objects that is kept.</param>
    public static ReadOnlyMemory<byte>? Rewrite(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var repair = new JsonRepair(utf8, maxDepth);
        repair.Run();
        return repair.isChanged ? repair.output.WrittenMemory : (ReadOnlyMemory<byte>?)null;
    }

    private void Run()
    {
        while (position < input.Length)
        {
            var current = input[position++];
            switch (current)
            {
                case (byte)'"':
                    Write(current);
                    CopyString();
                    break;
                case (byte)'{' or (byte)'[':
                    Open(current);
                    break;
                case (byte)'}' or (byte)']':
                    Close(current);
                    break;
                default:
                    Write(current);
                    break;
            }
        }
    }

    private void Open(byte bracket)
    {
        depth++;
        if (depth == maxDepth + 1)
        {
            output.Write("null"u8);
            isChanged = true;
        }

        Write(bracket);
    }

    private void Close(byte bracket)
    {
        Write(bracket);
        depth--;
    }

    /// <summary>Copies a string from after its opening quote to its closing quote.</summary>
    private void CopyString()
    {
        while (position < input.Length)
        {
            var rest = input[position..];
            var stop = rest.IndexOfAny(StringStops);
            Write(stop < 0 ? rest : rest[..stop]);
            position += stop < 0 ? rest.Length : stop;
            if (stop < 0)
            {
                return;
            }

            switch (rest[stop])
            {
                case (byte)'"':
                    Write(rest[stop]);
                    position++;
                    return;
                case (byte)'\\':
                    CopyEscape(rest[stop..]);
                    break;
                default:
                    CopyRune(rest[stop..]);
                    break;
            }
        }
    }

    private void CopyEscape(ReadOnlySpan<byte> rest)
    {
        var length = Math.Min(2, rest.Length);
        if (TryReadEscape(rest, out var unit))
        {
            length = 6;
            if (char.IsHighSurrogate(unit) && TryReadEscape(rest[6..], out var low) && char.IsLowSurrogate(low))
            {
                length = 12;
            }
            else if (char.IsSurrogate(unit))
            {
                Replace("\\ufffd"u8, length);
                return;
            }
        }

        Write(rest[..length]);
        position += length;
    }

    private void CopyRune(ReadOnlySpan<byte> rest)
    {
        if (Rune.DecodeFromUtf8(rest, out _, out var length) == OperationStatus.Done)
        {
            Write(rest[..length]);
            position += length;
            return;
        }

        // Go replaces each byte of an invalid sequence on its own (unicode/utf8, DecodeRune: width 1).
        Replace("\uFFFD"u8, 1);
    }

    private void Replace(ReadOnlySpan<byte> replacement, int length)
    {
        Write(replacement);
        position += length;
        isChanged = true;
    }

    /// <summary>Reads the UTF-16 unit of an escape such as <c>\ud83d</c>.</summary>
    private static bool TryReadEscape(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u'
            || !Utf8Parser.TryParse(text[2..6], out ushort value, out var digits, 'x') || digits != 4)
        {
            return false;
        }

        unit = (char)value;
        return true;
    }

    private readonly void Write(byte value)
    {
        if (!IsCut)
        {
            output.GetSpan(1)[0] = value;
            output.Advance(1);
        }
    }

    private readonly void Write(ReadOnlySpan<byte> bytes)
    {
        if (!IsCut)
        {
            output.Write(bytes);
        }
    }
}
