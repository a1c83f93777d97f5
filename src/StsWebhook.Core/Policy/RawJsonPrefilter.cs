using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using StsWebhook.Core.Policy.Rules;

namespace StsWebhook.Core.Policy;

/// <summary>
/// Detects parts of an object that cannot violate any rule, from their raw JSON. Nearly all parts of nearly all pods are
/// such, and then none of their texts need to be decoded, expanded and parsed.
/// </summary>
internal static class RawJsonPrefilter
{
    /// <summary>
    /// Whether the raw JSON of <paramref name="element"/> is ASCII without a keyword of <paramref name="rules"/>, and
    /// without anything that could hide one: percent escapes, Unicode escapes, references to variables.
    /// </summary>
    public static bool CannotMatch(JsonElement element, RuleSet rules)
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
                && !rules.MightMatch(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
