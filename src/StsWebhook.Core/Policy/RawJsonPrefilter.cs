using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace StsWebhook.Core.Policy;

/// <summary>
/// Tells at a glance that a part of an object holds nothing that any rule could object to. Nearly every part of
/// nearly every pod is such, and then none of its texts need be taken out, expanded and read.
/// </summary>
internal static class RawJsonPrefilter
{
    /// <summary>
    /// Whether the raw JSON of <paramref name="element"/> is plain ASCII without a telling word, and without anything
    /// that could hide one: percent or Unicode escapes, references to variables.
    /// </summary>
    public static bool CannotMatch(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            return true;
        }

        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (raw.Contains((byte)'%') || raw.IndexOf("\\u"u8) >= 0 || raw.IndexOf("$("u8) >= 0)
        {
            return false;
        }

        var buffer = ArrayPool<char>.Shared.Rent(raw.Length);
        try
        {
            return Ascii.ToUtf16(raw, buffer, out var length) == OperationStatus.Done
                && !EntryRules.MightMatch(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
