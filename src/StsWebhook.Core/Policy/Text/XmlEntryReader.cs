using System.Net;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads the entries of an XML text, well-formed or not. The key of a text is the element around it, or the <c>name</c>
/// before its <c>value</c>, as Hadoop and Hive write properties. The key of an attribute's value is the attribute.
/// </summary>
internal static class XmlEntryReader
{
    private const string CommentStart = "<!--";
    private const string CommentEnd = "-->";
    private const string CdataStart = "<![CDATA[";
    private const string CdataEnd = "]]>";

    /// <summary>Whether a text without surrounding white space begins and ends as XML.</summary>
    public static bool IsXml(string text) => text is ['<', _, .., '>'] && (char.IsAsciiLetter(text[1]) || text[1] is '?' or '!');

    /// <summary>Reads <paramref name="xml"/>. Values without a nearer key get <paramref name="key"/>.</summary>
    public static IEnumerable<ConfigEntry> Read(string xml, string key, ParseBudget budget)
    {
        var element = key;
        var name = string.Empty;
        var at = 0;
        while (at < xml.Length)
        {
            if (Starts(xml, at, CommentStart))
            {
                var end = EndOf(xml, at + CommentStart.Length, CommentEnd);
                foreach (var entry in Text(xml[(at + CommentStart.Length)..end], key, budget))
                {
                    yield return entry.AsMention();
                }

                at = end + CommentEnd.Length;
            }
            else if (xml[at] == '<' && !Starts(xml, at, CdataStart))
            {
                var end = EndOf(xml, at + 1, ">");
                var tag = new Tag(xml[(at + 1)..end]);
                foreach (var (attribute, value) in tag.Attributes(key))
                {
                    foreach (var entry in Text(value, attribute, budget))
                    {
                        yield return entry;
                    }
                }

                element = tag.IsEnd ? key : tag.Name;
                name = tag.IsEnd && !NameValueConvention.IsName(tag.Name) ? string.Empty : name;
                at = end + 1;
            }
            else
            {
                var isCdata = xml[at] == '<';
                var start = isCdata ? at + CdataStart.Length : at;
                var end = EndOf(xml, start, isCdata ? CdataEnd : "<");
                var text = isCdata ? xml[start..end] : WebUtility.HtmlDecode(xml[start..end]);
                if (NameValueConvention.IsName(element))
                {
                    name = text.Trim();
                }

                var elementKey = NameValueConvention.IsValue(element) && name.Length > 0 ? name : element;
                foreach (var entry in Text(text, KeyClassifier.Nearest(elementKey, key), budget))
                {
                    yield return entry;
                }

                at = isCdata ? end + CdataEnd.Length : end;
            }
        }
    }

    private static IEnumerable<ConfigEntry> Text(string text, string key, ParseBudget budget) =>
        string.IsNullOrWhiteSpace(text) ? [] : TextEntryReader.Read(text, key, budget.Inner());

    private static bool Starts(string xml, int at, string mark) => xml.AsSpan(at).StartsWith(mark);

    private static int EndOf(string xml, int at, string mark) =>
        at < xml.Length && xml.IndexOf(mark, at, StringComparison.Ordinal) is var end and >= 0 ? end : xml.Length;

    /// <summary>The text between two angle brackets.</summary>
    private readonly struct Tag(string text)
    {
        private static readonly char[] AfterName = [' ', '\t', '\r', '\n', '/'];

        /// <summary>Whether the tag ends an element.</summary>
        public bool IsEnd => text is ['/', ..];

        /// <summary>The element's name.</summary>
        public string Name
        {
            get
            {
                var name = text.TrimStart('/');
                var end = name.IndexOfAny(AfterName);
                return end < 0 ? name : name[..end];
            }
        }

        /// <summary>
        /// The attributes with their names as keys. The key of a <c>value</c> attribute is the <c>name</c> attribute before it.
        /// </summary>
        public IEnumerable<(string Key, string Value)> Attributes(string around)
        {
            var name = string.Empty;
            for (var at = 0; text.IndexOf('=', at) is var equals and > 0 && equals + 1 < text.Length;)
            {
                var isQuoted = text[equals + 1] is '"' or '\'';
                var start = isQuoted ? equals + 2 : equals + 1;
                var end = isQuoted ? text.IndexOf(text[equals + 1], start) : text.IndexOfAny(AfterName, start);
                end = end < 0 ? text.Length : end;
                var attribute = text[(text.AsSpan(at, equals - at).LastIndexOfAny(" \t\r\n") + at + 1)..equals];
                var value = WebUtility.HtmlDecode(text[start..end]);
                name = NameValueConvention.IsName(attribute) ? value : name;
                yield return (NameValueConvention.IsValue(attribute) && name.Length > 0
                    ? name
                    : KeyClassifier.Nearest(attribute, around), value);
                at = Math.Min(end + 1, text.Length);
            }
        }
    }
}
