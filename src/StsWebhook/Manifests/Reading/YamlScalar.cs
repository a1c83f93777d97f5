using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Unicode;
using YamlDotNet.Core.Events;

namespace StsWebhook.Manifests.Reading;

/// <summary>
/// Resolves the type of a scalar as kubectl does: sigs.k8s.io/yaml on go-yaml 2, which follows YAML 1.1. A plain
/// <c>yes</c> is a boolean, <c>0644</c> is octal, and a date is a string.
/// </summary>
internal static class YamlScalar
{
    private const string CoreTag = "tag:yaml.org,2002:";

    /// <summary>More digits than any number in a manifest has. Converting digits takes quadratic time.</summary>
    private const int MaxDigits = 256;

    /// <summary>Resolves a scalar by its tag and style.</summary>
    /// <exception cref="UnusableManifestException">The value does not match its tag, or JSON has no such value.</exception>
    public static ScalarNode Resolve(Scalar scalar)
    {
        var line = (int)scalar.Start.Line;
        var tag = scalar.Tag.IsEmpty ? string.Empty : scalar.Tag.Value;
        if (tag == CoreTag + "binary")
        {
            return Text(line, DecodeBase64(scalar.Value, line));
        }

        var expected = tag switch
        {
            CoreTag + "int" or CoreTag + "float" => JsonValueKind.Number,
            CoreTag + "bool" => JsonValueKind.True,
            CoreTag + "null" => JsonValueKind.Null,
            _ => JsonValueKind.Undefined,
        };
        var isPlain = tag.Length == 0 && scalar.IsPlainImplicit;
        if (!isPlain && expected == JsonValueKind.Undefined)
        {
            return Text(line, scalar.Value);
        }

        var node = ResolvePlain(line, scalar.Value);
        var kind = node.Kind == JsonValueKind.False ? JsonValueKind.True : node.Kind;
        return isPlain || kind == expected
            ? node
            : throw new UnusableManifestException(line, $"the value does not match its tag !!{tag[CoreTag.Length..]}");
    }

    /// <summary>Resolves an untagged, unquoted scalar.</summary>
    /// <exception cref="UnusableManifestException">JSON has no such value.</exception>
    public static ScalarNode ResolvePlain(int line, string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => new ScalarNode(line, JsonValueKind.Null, "null"),
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "y" or "Y" or "on" or "On" or "ON" =>
            new ScalarNode(line, JsonValueKind.True, "true"),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "n" or "N" or "off" or "Off" or "OFF" =>
            new ScalarNode(line, JsonValueKind.False, "false"),
        ".nan" or ".NaN" or ".NAN" or ".inf" or ".Inf" or ".INF" or "+.inf" or "+.Inf" or "+.INF" or "-.inf" or "-.Inf"
            or "-.INF" =>
            throw new UnusableManifestException(line,
                $"{text} is a number that JSON does not support: quote it if it is a string"),
        _ when Number(text) is { } number => new ScalarNode(line, JsonValueKind.Number, number),
        _ => Text(line, text),
    };

    private static ScalarNode Text(int line, string text) => new(line, JsonValueKind.String, text);

    /// <summary>The number in JSON notation; null if the text is not a number.</summary>
    private static string? Number(string text)
    {
        if (!(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.') || text.Length > MaxDigits)
        {
            return null;
        }

        var plain = text[0] == '.' ? text : text.Replace("_", string.Empty, StringComparison.Ordinal);
        return Integer(plain) ?? Float(plain);
    }

    /// <summary>
    /// Parses an integer as Go's strconv.ParseInt with base 0: decimal, or hexadecimal, octal or binary by prefix.
    /// </summary>
    private static string? Integer(string text)
    {
        var sign = text.StartsWith('-') ? "-" : string.Empty;
        var digits = text.AsSpan(text.StartsWith('-') || text.StartsWith('+') ? 1 : 0);
        var (radix, prefix) = digits switch
        {
            ['0', 'x' or 'X', ..] => (16, 2),
            ['0', 'o' or 'O', ..] => (8, 2),
            ['0', 'b' or 'B', ..] => (2, 2),
            ['0', _, ..] => (8, 1),
            _ => (10, 0),
        };
        digits = digits[prefix..];
        if (digits.IsEmpty)
        {
            return null;
        }

        var value = BigInteger.Zero;
        foreach (var digit in digits)
        {
            var worth = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (worth >= radix)
            {
                return null;
            }

            value = (value * radix) + worth;
        }

        return value.IsZero ? "0" : sign + value.ToString(CultureInfo.InvariantCulture);
    }

    private static string? Float(string text)
    {
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return text.All(c => char.IsAsciiDigit(c) || c is '+' or '-' or '.' or 'e' or 'E')
            && double.TryParse(text, Styles, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
                ? value.ToString("R", CultureInfo.InvariantCulture)
                : null;
    }

    private static string DecodeBase64(string base64, int line)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && Utf8.IsValid(bytes.AsSpan(0, length))
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : throw new UnusableManifestException(line,
                "the value does not match its tag !!binary: expected Base64 of a UTF-8 text");
    }
}
