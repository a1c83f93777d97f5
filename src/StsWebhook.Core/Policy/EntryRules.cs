using System.Buffers;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy;

/// <summary>The rules themselves: what each objects to in a setting, wherever the setting stands.</summary>
internal static class EntryRules
{
    private const string GlobalRegion = "aws-global";

    /// <summary>How JSON and XML may write a character of the words that tell, so that a text has to be read to be judged.</summary>
    private const string EscapedAscii = @"\u00";
    private const string EscapedInXml = "&#";

    /// <summary>Words without one of which no rule can object, so that most texts need not be read at all.</summary>
    private static readonly SearchValues<string> RuleKeywords = SearchValues.Create(
        [
            GlobalHost.Name, GlobalRegion, EscapedAscii, EscapedInXml, "unset", "export -n", "remove-item",
            "regional_endpoints", "regional-endpoints", "regional.endpoints", "regionalendpoints",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a normalised text, or raw JSON, keys included, can be of interest to any rule.</summary>
    public static bool MightMatch(ReadOnlySpan<char> text) =>
        text.ContainsAny(RuleKeywords) || RegionalHost.MayBeIn(text) || EnvironmentRemovals.MayClear(text);

    /// <summary>Whether the words of a command can be: apart they may be harmless that together are not.</summary>
    public static bool MightMatch(IReadOnlyList<ShellWord> words) => MightMatch(string.Join(' ', words.Select(word => word.Text)));

    /// <summary>The rule that objects to <paramref name="setting"/> of a pod in <paramref name="region"/>, or null.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="region">The region of the pod, as far as it is settled; or null.</param>
    public static Rule? FindViolation(ConfigEntry setting, string? region)
    {
        if (setting.IsRemoved)
        {
            return setting.Key.Length == 0 || Variables.Injected.Contains(setting.Key) ? Rule.InjectionUndone : null;
        }

        if (GlobalHost.FindIn(setting.Value) is var use && use != HostMention.None)
        {
            return use == HostMention.Url ? Rule.GlobalEndpoint : OfBareHost(setting.Key);
        }

        if (RegionalHost.IsLocalIn(setting.Value))
        {
            return Rule.AmbiguousHost;
        }

        if (region is not null && IsDialled(RegionalHost.FindOther(setting.Value, region), setting.Key))
        {
            return Rule.CrossRegion;
        }

        if (!setting.IsWhole)
        {
            return null;
        }

        var value = setting.Value.Trim();
        return KeyClassifier.IsMode(setting.Key) ? OfMode(value)
            : value.Equals(GlobalRegion, StringComparison.OrdinalIgnoreCase) && KeyClassifier.IsRegion(setting.Key) ? Rule.GlobalRegion
            : null;
    }

    private static Rule? OfBareHost(string key) => KeyClassifier.Classify(key) switch
    {
        KeyRole.Audience => null,
        KeyRole.Endpoint => Rule.GlobalEndpoint,
        _ => Rule.AmbiguousHost,
    };

    /// <summary>
    /// Whether a regional host is dialled. It is no reason to suspect anything by itself, so unlike the global one it
    /// needs a key of endpoints, or a URL under a key that does not make it a mere name.
    /// </summary>
    private static bool IsDialled(HostMention use, string key) => use switch
    {
        HostMention.None => false,
        HostMention.Url => KeyClassifier.Classify(key) != KeyRole.Audience,
        _ => KeyClassifier.Classify(key) == KeyRole.Endpoint,
    };

    /// <summary>A value with a reference in it is only known at run time; only botocore insists on lower case, but it does.</summary>
    private static Rule? OfMode(string value) =>
        value == "regional" || value.Contains('$', StringComparison.Ordinal) ? null
        : KeyClassifier.IsLegacy(value) ? Rule.LegacyMode
        : Rule.InvalidMode;
}
