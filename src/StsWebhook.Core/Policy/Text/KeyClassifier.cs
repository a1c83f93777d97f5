using System.Collections.Frozen;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Classifies keys by the words in them.</summary>
internal static class KeyClassifier
{
    /// <summary>
    /// Keywords of keys for which <see cref="IsEndpointMode"/> is true: each such key contains one of them, in any case.
    /// </summary>
    public static readonly IReadOnlyList<string> ModeKeywords =
        ["regional_endpoints", "regional-endpoints", "regional.endpoints", "regionalendpoints"];

    private static readonly FrozenSet<string> Endpoint = FrozenSet.Create(
        StringComparer.Ordinal,
        "endpoint", "endpoints", "url", "urls", "uri", "uris", "host", "hosts", "hostname", "hostnames",
        "addr", "address", "addresses", "server", "servers", "baseurl", "endpointurl");

    private static readonly FrozenSet<string> Audience = FrozenSet.Create(
        StringComparer.Ordinal,
        "clientid", "principal", "principals", "identifiers", "service", "services", "eventsource", "eventsources", "noproxy");

    /// <summary>Words that make the value an identifier, whatever words follow: an <c>audience URI</c> is not called.</summary>
    private static readonly FrozenSet<string> Identifying =
        FrozenSet.Create(StringComparer.Ordinal, "audience", "audiences", "aud", "auds");

    /// <summary>Words that change the meaning of the words before them: a <c>host header</c> is sent, not called.</summary>
    private static readonly FrozenSet<string> Diverting = FrozenSet.Create(StringComparer.Ordinal, "header", "headers");

    /// <summary>Pairs of words that mean an audience only together.</summary>
    private static readonly FrozenSet<(string, string)> AudiencePairs = FrozenSet.Create(
        EqualityComparer<(string, string)>.Default,
        ("client", "id"), ("client", "ids"), ("event", "source"), ("event", "sources"), ("called", "via"));

    /// <summary>
    /// Words of lists that allow or block hosts: such a list says that a host may be called, not that it is called. A list
    /// of audiences remains an audience.
    /// </summary>
    private static readonly FrozenSet<string> Filter = FrozenSet.Create(
        StringComparer.Ordinal,
        "allow", "allowed", "allowlist", "whitelist", "permit", "permitted", "trusted", "egress", "exclude", "excluded",
        "ignore", "ignored", "skip", "skipped", "bypass", "block", "blocked", "deny", "denied", "denylist", "blacklist");

    /// <summary>
    /// Words that only name the owner of a value. A key that consists only of such words has the meaning of the enclosing key.
    /// </summary>
    private static readonly FrozenSet<string> Owner =
        FrozenSet.Create(StringComparer.Ordinal, "aws", "sts", "amazonaws", "default", "value");

    /// <summary>
    /// Classifies a key by its last meaningful word, which the words before it describe: <c>service endpoint</c> is an
    /// endpoint, <c>endpoint service</c> is a service.
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
    /// The more meaningful of a key and the key around it: <c>endpoints</c> for <c>{"endpoints": {"sts": "…"}}</c>, but
    /// <c>note</c> for <c>{"endpoints": {"note": "…"}}</c>.
    /// </summary>
    public static string Nearest(string key, string around) => KeyWords.Split(key).TrueForAll(Owner.Contains) ? around : key;

    /// <summary>
    /// Whether the key is the STS endpoint mode, which selects the global or the regional endpoint in SDKs
    /// (docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html): the variable, the key of
    /// the configuration file with or without a profile before it, or the option of the JavaScript SDK. The annotation
    /// <c>eks.amazonaws.com/sts-regional-endpoints</c> of a service account is not: its value is true or false.
    /// </summary>
    public static bool IsEndpointMode(string key) =>
        KeyWords.Split(key) is [.. var before, "sts", "regional", "endpoints"] && before is not [.., "amazonaws", "com"];

    /// <summary>Whether a mode selects the global endpoint. Most SDKs ignore its case.</summary>
    public static bool IsLegacy(ReadOnlySpan<char> mode) => mode.Equals("legacy", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a rule uses the name to judge a value.</summary>
    public static bool HasKnownMeaning(string name) =>
        Classify(name) != KeyRole.Unclear || IsEndpointMode(name) || IsRegion(name);

    /// <summary>Whether the key sets the region of an SDK. <c>region_name</c> is the parameter in Python.</summary>
    public static bool IsRegion(string key) => KeyWords.Split(key) is
        ["region"] or ["aws", "region"] or ["aws", "default", "region"] or ["default", "region"] or ["profile", .., "region"]
        or ["region", "name"];

    /// <summary>
    /// Whether the key is a variable from which an SDK or a program takes the STS endpoint. <c>AWS_ENDPOINT_URL</c> is the
    /// endpoint of every service (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
    /// </summary>
    public static bool IsStsEndpoint(string key) =>
        KeyWords.Split(key) is var words
        && (words is ["aws", "endpoint", "url"] || (words.Contains("sts") && Classify(words) == KeyRole.Endpoint));

    /// <summary>
    /// Whether a word of a command line is a key whose value is the next word. A reference to a shell variable is a value,
    /// not a key.
    /// </summary>
    public static bool IsKeyBeforeValue(string word) =>
        (!word.StartsWith('$') || KeyWords.IsPowerShellVariable(word))
            && (IsEndpointMode(word) || IsRegion(word) || IsHostKey(word));

    /// <summary>
    /// Whether a word is a key that says what a host is for, as <c>sts_endpoint</c> of Fluent Bit or <c>….sts.endpoint</c>
    /// of Spark, whose files have no delimiter between key and value. The underscore, or the part after the last dot,
    /// distinguishes such a key from the words of a sentence and from hosts.
    /// </summary>
    private static bool IsHostKey(string word)
    {
        var last = word[(word.LastIndexOf('.') + 1)..];
        return (last.Contains('_', StringComparison.Ordinal) || last.Length < word.Length)
            && word.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            && Classify(last) != KeyRole.Unclear;
    }

    /// <summary>
    /// Whether the key lists hosts that bypass a proxy: <c>NO_PROXY</c>, <c>http.nonProxyHosts</c>,
    /// <c>--proxy-bypass-list</c>. It does not say that they are called.
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

    /// <summary>
    /// Whether the key is the name of a server itself, as <c>server_name</c> of nginx, and not a host that is called.
    /// </summary>
    private static bool IsServerName(List<string> words, int at) =>
        words[at] is "server" && at + 1 < words.Count && words[at + 1] is "name" or "names";

    private static bool IsPairAt(List<string> words, int last) =>
        last > 0 && AudiencePairs.Contains((words[last - 1], words[last]));
}
