namespace StsWebhook.Core.Policy.Text;

/// <summary>
/// The directive by which nginx and HAProxy name the host that they pass requests on to: <c>server host:443;</c>,
/// <c>server name host:443 check</c>. No sign stands between it and the host.
/// </summary>
internal static class ServerDirective
{
    /// <summary>Its name.</summary>
    public const string Server = "server";

    /// <summary>Whether a line is the directive, and not a sentence about a server: its host has a port, or it ends in a semicolon.</summary>
    public static bool IsServer(IReadOnlyList<ShellWord> words) =>
        words is [{ Text: Server }, { IsOperator: false }, ..] && (EndsHost(words[1].Text) || (words.Count > 2 && EndsHost(words[2].Text)));

    private static bool EndsHost(string word) =>
        word.EndsWith(';') || (word.LastIndexOf(':') is var colon and > 0 && colon + 1 < word.Length && char.IsAsciiDigit(word[colon + 1]));
}
