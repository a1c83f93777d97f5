using YamlDotNet.Core;

namespace StsWebhook.Manifests.Reading;

/// <summary>Converts the YAML parser's errors into messages with the line of the mistake.</summary>
internal static class YamlErrors
{
    /// <summary>Converts an error. The parser's message does not quote the text, so it can be shown.</summary>
    public static UnusableManifestException From(YamlException error, string text)
    {
        var line = Math.Min((int)error.Start.Line, LastLine(text));
        return error.Message.Contains("tab", StringComparison.Ordinal) && IndentedByTab(text, line) is { } tabbed
            ? new UnusableManifestException(tabbed, "not YAML: a tab indents this line; use spaces")
            : new UnusableManifestException(line, "not YAML: " + Clause(error.Message));
    }

    /// <summary>The last line with text. The parser reports a missing token at the end one line too far down.</summary>
    public static int LastLine(string text)
    {
        var number = 0;
        foreach (var _ in text.AsSpan().TrimEnd().EnumerateLines())
        {
            number++;
        }

        return number;
    }

    /// <summary>Finds the tab. The parser reports the start of the enclosing block, and the tab is on a later line.</summary>
    private static int? IndentedByTab(string text, int from)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number >= from && line[..^line.TrimStart(" \t").Length].Contains('\t'))
            {
                return number;
            }
        }

        return null;
    }

    private static string Clause(string message) =>
        char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');
}
