using System.Text;

namespace StsWebhook.Fuzz.Mutation;

/// <summary>Makes small changes to words, lines and quotes of a text.</summary>
internal static class TextMutator
{
    /// <summary>The length to which a text is repeated in order to check that its time is linear.</summary>
    private const int LongText = 32 * 1024;

    /// <summary>Limit of the length of other texts.</summary>
    private const int MostText = 8 * 1024;

    private const string Signs = " \t\n\r=:;,.-_#'\"`\\/|&<>()[]{}$%@*!?~+^0aA";

    private static readonly (string Before, string Behind)[] Wrappings =
    [
        ("'", "'"), ("\"", "\""), ("`", "`"), ("$(", ")"), ("${X:-", "}"), ("{\"a\": \"", "\"}"), ("[\"", "\"]"), ("{\"name\":\"AWS_REGION\",\"value\":\"", "\"}"),
        ("<a>", "</a>"), ("<property><name>x.endpoint</name><value>", "</value></property>"), ("<!-- ", " -->"), ("<![CDATA[", "]]>"), ("echo '", "' > f"),
        ("sed -i 's/", "/x/' f"), ("sed s|x|", "|"), ("sh -c \"", "\""), ("cat <<EOF > f\n", "\nEOF\n"), ("# ", "\n"), ("/* ", " */"), ("- ", "\n"), ("a: |\n  ", "\n"), ("(", ")"), ("{ ", "; } > f"),
    ];

    /// <summary>Makes one or a few changes to <paramref name="text"/>.</summary>
    public static string Mutate(string text, string other, Random random)
    {
        do
        {
            text = Change(text, other, random);
        }
        while (random.Next(3) > 0 && text.Length < MostText);

        return text.Length <= MostText || random.Next(50) == 0 ? text : text[..MostText];
    }

    private static string Change(string text, string other, Random random)
    {
        var at = random.Next(text.Length + 1);
        var (start, length) = Part(text, random);
        var part = text.Substring(start, length);
        return random.Next(16) switch
        {
            0 or 1 => text.Insert(at, Words.Any(random)),
            2 => Replace(text, start, length, Words.Any(random)),
            3 => Replace(text, start, length, string.Empty),
            4 => text.Insert(at, part),
            5 => text.Insert(at, Signs[random.Next(Signs.Length)].ToString()),
            6 when length > 0 => Replace(text, start, 1, Signs[random.Next(Signs.Length)].ToString()),
            7 or 8 when other.Length > 0 && Part(other, random) is var (from, count) => text.Insert(at, other.Substring(from, count)),
            9 or 10 when Wrappings[random.Next(Wrappings.Length)] is var (before, behind) => Replace(text, start, length, before + part + behind),
            11 => Replace(text, start, length, random.Next(2) == 0 ? part.ToUpperInvariant() : part.ToLowerInvariant()),
            12 => Replace(text, start, length, Escaped(part, random)),
            13 => Lines(text, random),
            14 when length > 0 => Replace(text, start, length, Repeated(part, random.Next(1, 20))),
            15 when length > 0 && random.Next(40) == 0 => Replace(text, start, length, Repeated(part, LongText / length)),
            _ => text.Insert(at, (char)random.Next(1, 0xD800) is var c ? c.ToString() : string.Empty),
        };
    }

    /// <summary>Picks a part of a text: a word, a line, or any range, mostly a short one.</summary>
    private static (int Start, int Length) Part(string text, Random random)
    {
        var start = random.Next(text.Length + 1);
        var rest = text.Length - start;
        return random.Next(4) switch
        {
            0 => (start, random.Next(Math.Min(rest, 8) + 1)),
            1 => (start, random.Next(rest + 1)),
            2 => Between(text, start, " \t\n=:,\"'"),
            _ => Between(text, start, "\n"),
        };
    }

    private static (int Start, int Length) Between(string text, int at, string signs)
    {
        var start = text.AsSpan(0, at).LastIndexOfAny(signs) + 1;
        var length = text.AsSpan(at).IndexOfAny(signs);
        return (start, (length < 0 ? text.Length : at + length) - start);
    }

    private static string Replace(string text, int start, int length, string by) =>
        string.Concat(text.AsSpan(0, start), by, text.AsSpan(start + length));

    private static string Repeated(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();

    private static string Escaped(string text, Random random)
    {
        var kind = random.Next(4);
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            escaped.Append(kind switch
            {
                0 => $"\\u{(int)c:x4}",
                1 when c < 0x80 => $"%{(int)c:X2}",
                2 => $"&#{(int)c};",
                _ => c is '"' or '\\' ? $"\\{c}" : c == '\n' ? "\\n" : c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>Moves a line, or changes its indentation.</summary>
    private static string Lines(string text, Random random)
    {
        var lines = text.Split('\n').ToList();
        var from = random.Next(lines.Count);
        var line = lines[from];
        lines.RemoveAt(from);
        line = random.Next(3) switch
        {
            0 => line.TrimStart(),
            1 => new string(' ', random.Next(1, 5)) + line,
            _ => line,
        };
        lines.Insert(random.Next(4) > 0 ? from : random.Next(lines.Count + 1), line);
        return string.Join('\n', lines);
    }
}
