using YamlDotNet.Core;

namespace StsWebhook.Manifests.Reading;

/// <summary>Words the parser's errors, with the line on which an author finds the fault.</summary>
internal static class YamlErrors
{
    /// <summary>The error to tell. The parser's message quotes nothing of the text.</summary>
    public static UnusableManifestException Told(YamlException error, string text)
    {
        var line = Math.Min((int)error.Start.Line, LastLine(text));
        return error.Message.Contains("tab", StringComparison.Ordinal) && IndentedByTab(text, line) is { } tabbed
            ? new UnusableManifestException(tabbed, "not YAML: a tab indents this line; use spaces")
            : new UnusableManifestException(line, "not YAML: " + Clause(error.Message));
    }

    /// <summary>The last line that has text: the parser puts what it misses at the end one line further down.</summary>
    public static int LastLine(string text)
    {
        var number = 0;
        foreach (var _ in text.AsSpan().TrimEnd().EnumerateLines())
        {
            number++;
        }

        return number;
    }

    /// <summary>The parser names where the surrounding block begins; the tab stands further down.</summary>
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
