using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Tells what keys mean.</summary>
internal static class KeyClassifier
{
    private static readonly FrozenSet<string> Endpoint = FrozenSet.Create(
        StringComparer.Ordinal,
        "endpoint", "endpoints", "url", "urls", "uri", "uris", "host", "hosts", "hostname", "hostnames",
        "addr", "address", "addresses", "server", "servers", "baseurl", "endpointurl");

    private static readonly FrozenSet<string> Audience = FrozenSet.Create(
        StringComparer.Ordinal,
        "clientid", "principal", "principals", "identifiers", "service", "services", "eventsource", "eventsources", "noproxy");

    /// <summary>Words that make an identifier of whatever follows them: an <c>audience URI</c> is not dialled.</summary>
    private static readonly FrozenSet<string> Identifying =
        FrozenSet.Create(StringComparer.Ordinal, "audience", "audiences", "aud", "auds");

    /// <summary>Words that turn what precedes them into something else: a <c>host header</c> is sent, not dialled.</summary>
    private static readonly FrozenSet<string> Diverting = FrozenSet.Create(StringComparer.Ordinal, "header", "headers");

    /// <summary>Two words that mean one thing only together.</summary>
    private static readonly FrozenSet<(string, string)> AudiencePairs = FrozenSet.Create(
        EqualityComparer<(string, string)>.Default,
        ("client", "id"), ("client", "ids"), ("event", "source"), ("event", "sources"), ("called", "via"));

    /// <summary>
    /// Words of a list that admits or bars hosts: such a list says that the host may be dialled by something, not
    /// that it is. A list of audiences stays one.
    /// </summary>
    private static readonly FrozenSet<string> Filter = FrozenSet.Create(
        StringComparer.Ordinal,
        "allow", "allowed", "allowlist", "whitelist", "permit", "permitted", "trusted", "egress", "exclude", "excluded",
        "ignore", "ignored", "skip", "skipped", "bypass", "block", "blocked", "deny", "denied", "denylist", "blacklist");

    /// <summary>Words that only name whose setting it is; a key of nothing else leaves the meaning to the key around it.</summary>
    private static readonly FrozenSet<string> Naming = FrozenSet.Create(StringComparer.Ordinal, "aws", "sts", "amazonaws", "default", "value");

    /// <summary>
    /// What a key says of a host: of its words the last telling one decides, since the last is what the others
    /// describe (<c>service endpoint</c> is an endpoint, <c>endpoint service</c> a service).
    /// </summary>
    public static KeyRole Classify(string key) => Classify(KeyWords.Split(key));

    private static KeyRole Classify(List<string> words)
    {
        if (words.Exists(Identifying.Contains) || IsProxyException(words))
        {
            return KeyRole.Audience;
        }

        for (var i = words.Count - 1; i >= 0 && !Diverting.Contains(words[i]); i--)
        {
            if (Audience.Contains(words[i]) || IsPairAt(words, i))
            {
                return KeyRole.Audience;
            }

            if (IsServerName(words, i))
            {
                break;
            }

            if (Endpoint.Contains(words[i]) || words[i].EndsWith("endpoint", StringComparison.Ordinal))
            {
                return words.Exists(Filter.Contains) ? KeyRole.Unclear : KeyRole.Endpoint;
            }
        }

        return KeyRole.Unclear;
    }

    /// <summary>
    /// Of a key and the key around it, the one that tells: <c>{"endpoints": {"sts": "…"}}</c> gives an endpoint,
    /// <c>{"endpoints": {"note": "…"}}</c> a note.
    /// </summary>
    public static string Nearest(string key, string around) => KeyWords.Split(key).TrueForAll(Naming.Contains) ? around : key;

    /// <summary>
    /// Whether the key is the SDKs' choice between the global and the regional endpoint
    /// (docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html): the variable, the key of
    /// the configuration file, with or without a profile before it, or the option of the JavaScript SDK. The annotation
    /// <c>eks.amazonaws.com/sts-regional-endpoints</c> of a service account is a switch, true or false.
    /// </summary>
    public static bool IsMode(string key) =>
        KeyWords.Split(key) is [.. var before, "sts", "regional", "endpoints"] && before is not [.., "amazonaws", "com"];

    /// <summary>Whether a mode is the one that asks for the global endpoint; most SDKs take it in any case.</summary>
    public static bool IsLegacy(string mode) => mode.Equals("legacy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a name says anything of its value that a rule goes by.</summary>
    public static bool HasKnownMeaning(string name) => Classify(name) != KeyRole.Unclear || IsMode(name) || IsRegion(name);

    /// <summary>Whether the key sets the region in which an SDK works; <c>region_name</c> is Python's.</summary>
    public static bool IsRegion(string key) => KeyWords.Split(key) is
        ["region"] or ["aws", "region"] or ["aws", "default", "region"] or ["default", "region"] or ["profile", .., "region"]
        or ["region", "name"];

    /// <summary>
    /// Whether the key is a variable that an SDK or a program takes the STS endpoint from. <c>AWS_ENDPOINT_URL</c> is
    /// every service's (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
    /// </summary>
    public static bool IsStsEndpoint(string key) =>
        KeyWords.Split(key) is var words
        && (words is ["aws", "endpoint", "url"] || (words.Contains("sts") && Classify(words) == KeyRole.Endpoint));

    /// <summary>
    /// Whether a word of a command line is the name of a setting, whose value is the next word. A shell's reference
    /// to a variable is its value, not its name.
    /// </summary>
    public static bool IsSettingName(string word) =>
        (!word.StartsWith('$') || KeyWords.IsPowerShellVariable(word)) && (IsMode(word) || IsRegion(word) || IsHostSetting(word));

    /// <summary>
    /// Whether a word names a setting that tells what its host is for, as <c>sts_endpoint</c> of Fluent Bit or
    /// <c>….sts.endpoint</c> of Spark, whose files have no sign between name and value. The underscore, or the end
    /// behind the last dot, tells it from the words of a sentence and from hosts.
    /// </summary>
    private static bool IsHostSetting(string word)
    {
        var last = word[(word.LastIndexOf('.') + 1)..];
        return (last.Contains('_', StringComparison.Ordinal) || last.Length < word.Length)
            && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            && Classify(last) != KeyRole.Unclear;
    }

    /// <summary>
    /// <c>NO_PROXY</c>, <c>http.nonProxyHosts</c>, <c>--proxy-bypass-list</c>: hosts to reach without the proxy, whoever
    /// may dial them.
    /// </summary>
    private static bool IsProxyException(List<string> words)
    {
        for (var i = words.IndexOf("proxy"); i >= 0; i = words.IndexOf("proxy", i + 1))
        {
            if ((i > 0 && words[i - 1] is "no" or "non") || words.Contains("bypass"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The name by which a server is known, as in <c>server_name</c> of nginx, is not what a client dials.</summary>
    private static bool IsServerName(List<string> words, int at) =>
        words[at] is "server" && at + 1 < words.Count && words[at + 1] is "name" or "names";

    private static bool IsPairAt(List<string> words, int last) =>
        last > 0 && AudiencePairs.Contains((words[last - 1], words[last]));
}
