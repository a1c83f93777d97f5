using System.Buffers;
using System.Globalization;
using System.Text;

namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// Reads a value as a client does that follows WHATWG (url.spec.whatwg.org), as <c>URL</c> of Node.js in the AWS SDK for
/// JavaScript: white space around the value and tabs and line breaks within it do not count, any number of slashes and
/// backslashes precedes the host, the host is decoded and folded. What the parser rejects later, as a wrong port, may count as a
/// URL here.
/// </summary>
internal static class ClientUrl
{
    /// <summary>Whether a value, or the value after the first <c>=</c> of an argument, is a URL of the global host.</summary>
    /// <param name="value">The value as written, not normalised: folding it could move the end of the user information.</param>
    public static bool CallsGlobalHost(ReadOnlySpan<char> value) =>
        HasGlobalHost(value) || (value.IndexOf('=') is var equals and > 0 && HasGlobalHost(value[(equals + 1)..]));

    /// <summary>Whether a value is a URL of the global host.</summary>
    public static bool HasGlobalHost(ReadOnlySpan<char> value)
    {
        value = TrimControls(value);
        if (value.Length < GlobalHost.Name.Length || (value[0] | 0x20) is not ('h' or 'w' or 'f'))
        {
            return false;
        }

        if (value.IndexOfAny("\t\r\n") < 0)
        {
            return IsUrlOfGlobalHost(value);
        }

        var joined = ArrayPool<char>.Shared.Rent(value.Length);
        try
        {
            return IsUrlOfGlobalHost(joined.AsSpan(0, UrlBlanks.Remove(value, joined, UrlBlanks.Removal.Characters)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(joined);
        }
    }

    private static bool IsUrlOfGlobalHost(ReadOnlySpan<char> url) =>
        SpecialScheme.LengthAt(url) is var scheme and > 0 && IsGlobal(Host(url[scheme..].TrimStart("/\\")));

    /// <summary>The host of a URL without its scheme and slashes.</summary>
    private static ReadOnlySpan<char> Host(ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAny("/\\?#");
        var authority = end < 0 ? rest : rest[..end];
        var host = authority[(authority.LastIndexOf('@') + 1)..];
        var port = host.IndexOf(':');
        return port < 0 ? host : host[..port];
    }

    private static bool IsGlobal(ReadOnlySpan<char> host)
    {
        if (!Ascii.IsValid(host) || host.Contains('%'))
        {
            host = CompatibilityFold.Fold(DecodePercent(host));
        }

        return host.TrimEnd('.') is var name
            && host.Length - name.Length <= 1
            && name.Equals(GlobalHost.Name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Decodes percent escapes, which encode UTF-8.</summary>
    private static string DecodePercent(ReadOnlySpan<char> host)
    {
        var bytes = Encoding.UTF8.GetBytes(host.ToString());
        var length = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] == '%'
                && at + 2 < bytes.Length
                && byte.TryParse(
                    bytes.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes[length++] = value;
                at += 2;
            }
            else
            {
                bytes[length++] = bytes[at];
            }
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    /// <summary>Removes control characters and blanks at both ends.</summary>
    private static ReadOnlySpan<char> TrimControls(ReadOnlySpan<char> text)
    {
        var start = text.IndexOfAnyExceptInRange('\0', ' ');
        return start < 0 ? default : text[start..(text.LastIndexOfAnyExceptInRange('\0', ' ') + 1)];
    }
}
