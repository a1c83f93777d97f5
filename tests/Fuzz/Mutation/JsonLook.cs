using System.Globalization;
using System.Text;

namespace StsWebhook.Fuzz.Mutation;

/// <summary>A way to format JSON, which must not affect a reader.</summary>
internal enum JsonLook
{
    /// <summary>No whitespace, and only the required escapes.</summary>
    Plain,

    /// <summary>Whitespace everywhere, every character escaped, members in reverse order.</summary>
    Disguised,
}

/// <summary>Creates a format.</summary>
internal static class JsonLooks
{
    /// <summary>The whitespace between two tokens.</summary>
    public static string Blank(this JsonLook look) => look == JsonLook.Plain ? string.Empty : "\r\n\t ";

    /// <summary>The order of an object's members.</summary>
    public static IEnumerable<T> Ordered<T>(this JsonLook look, IReadOnlyList<T> members) =>
        look == JsonLook.Plain ? members : members.Reverse();

    /// <summary>Formats a string with quotes.</summary>
    public static string Quoted(this JsonLook look, string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var c in text)
        {
            if (look == JsonLook.Disguised || c < ' ' || c is '"' or '\\')
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
            else
            {
                quoted.Append(c);
            }
        }

        return quoted.Append('"').ToString();
    }
}
