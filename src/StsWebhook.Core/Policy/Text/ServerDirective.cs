namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The directive of nginx and HAProxy for the host that they forward requests to: <c>server host:443;</c>,
/// <c>server name host:443 check</c>. It has no delimiter before the host.
/// </summary>
internal static class ServerDirective
{
    /// <summary>The name of the directive.</summary>
    public const string Server = "server";

    /// <summary>
    /// Whether a line is the directive and not a sentence about a server: the host has a port, or a semicolon follows it.
    /// </summary>
    public static bool IsServer(IReadOnlyList<ShellWord> words) =>
        words is [{ Text: Server }, { IsOperator: false }, ..]
            && (EndsHost(words[1].Text) || (words.Count > 2 && EndsHost(words[2].Text)));

    private static bool EndsHost(string word) =>
        word.EndsWith(';')
            || (word.LastIndexOf(':') is var colon and > 0 && colon + 1 < word.Length && char.IsAsciiDigit(word[colon + 1]));
}
