using System.Globalization;

namespace StsWebhook.Core.Json;

/// <summary>
/// Tells whether a text is JSON (RFC 8259), and says no without an exception: a word of a script that merely begins
/// like JSON would cost a thousand times its length otherwise.
/// </summary>
internal ref struct JsonSyntax
{
    private readonly ReadOnlySpan<char> text;
    private int at;

    private JsonSyntax(ReadOnlySpan<char> text) => this.text = text;

    /// <summary>Whether <paramref name="text"/> is one JSON value that <see cref="JsonInput"/> would take.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => new JsonSyntax(text).ReadDocument();

    private bool ReadDocument()
    {
        Span<char> open = stackalloc char[JsonInput.MaxDepth];
        var depth = 0;
        while (true)
        {
            if (!ReadValue(open, ref depth, out var isComplete))
            {
                return false;
            }

            while (isComplete)
            {
                SkipSpace();
                if (depth == 0)
                {
                    return at == text.Length;
                }

                if (Take(','))
                {
                    isComplete = false;
                    if (open[depth - 1] == '{' && !ReadName())
                    {
                        return false;
                    }
                }
                else if (Take(Closing(open[depth - 1])))
                {
                    depth--;
                }
                else
                {
                    return false;
                }
            }
        }
    }

    /// <summary>Reads a scalar or an empty list whole, of everything else the beginning: a value must follow then.</summary>
    private bool ReadValue(scoped Span<char> open, ref int depth, out bool isComplete)
    {
        isComplete = true;
        SkipSpace();
        var c = at < text.Length ? text[at] : '\0';
        if (c is not ('{' or '['))
        {
            return c == '"' ? ReadString() : ReadWord() || ReadNumber();
        }

        at++;
        if (depth == open.Length)
        {
            return false;
        }

        SkipSpace();
        if (Take(Closing(c)))
        {
            return true;
        }

        open[depth++] = c;
        isComplete = false;
        return c == '[' || ReadName();
    }

    private bool ReadName()
    {
        SkipSpace();
        if (!ReadString())
        {
            return false;
        }

        SkipSpace();
        return Take(':');
    }

    private bool ReadString()
    {
        if (!Take('"'))
        {
            return false;
        }

        while (at < text.Length)
        {
            var c = text[at++];
            if (c == '"')
            {
                return true;
            }

            if (c < ' ' || (c == '\\' && !ReadEscape()))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Reads what follows a backslash; halves of a surrogate pair only in pairs.</summary>
    private bool ReadEscape()
    {
        if (at == text.Length || !"\"\\/bfnrtu".Contains(text[at], StringComparison.Ordinal))
        {
            return false;
        }

        if (text[at++] != 'u')
        {
            return true;
        }

        return ReadHex(out var unit)
            && !char.IsLowSurrogate(unit)
            && (!char.IsHighSurrogate(unit) || (Take('\\') && Take('u') && ReadHex(out var low) && char.IsLowSurrogate(low)));
    }

    private bool ReadHex(out char unit)
    {
        unit = '\0';
        if (text.Length - at < 4
            || !ushort.TryParse(text.Slice(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }

        unit = (char)value;
        at += 4;
        return true;
    }

    private bool ReadWord()
    {
        foreach (var word in (ReadOnlySpan<string>)["true", "false", "null"])
        {
            if (text[at..].StartsWith(word))
            {
                at += word.Length;
                return true;
            }
        }

        return false;
    }

    private bool ReadNumber()
    {
        _ = Take('-');
        if (!Take('0') && !ReadDigits())
        {
            return false;
        }

        if (Take('.') && !ReadDigits())
        {
            return false;
        }

        if (!Take('e') && !Take('E'))
        {
            return true;
        }

        _ = Take('+') || Take('-');
        return ReadDigits();
    }

    private bool ReadDigits()
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at > start;
    }

    private bool Take(char c)
    {
        if (at == text.Length || text[at] != c)
        {
            return false;
        }

        at++;
        return true;
    }

    private void SkipSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }
    }

    private static char Closing(char opening) => opening == '{' ? '}' : ']';
}
