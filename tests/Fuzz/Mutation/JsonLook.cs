using System.Globalization;
using System.Text;

namespace StsWebhook.Fuzz.Mutation;

/// <summary>How a JSON text looks, which must not matter to anyone who reads it.</summary>
internal enum JsonLook
{
    /// <summary>No blanks; only what must be is escaped.</summary>
    Plain,

    /// <summary>Blanks everywhere, every character escaped, members in the opposite order.</summary>
    Disguised,
}

/// <summary>What the looks are made of.</summary>
internal static class JsonLooks
{
    /// <summary>What stands between two signs.</summary>
    public static string Blank(this JsonLook look) => look == JsonLook.Plain ? string.Empty : "\r\n\t ";

    /// <summary>The order of an object's members.</summary>
    public static IEnumerable<T> Ordered<T>(this JsonLook look, IReadOnlyList<T> members) =>
        look == JsonLook.Plain ? members : members.Reverse();

    /// <summary>A string with its quotes.</summary>
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
