using System.Buffers;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy;

/// <summary>The rules themselves: what each objects to in a setting, wherever the setting stands.</summary>
internal static class SettingRules
{
    private const string GlobalRegion = "aws-global";

    /// <summary>How JSON may write a character of the words that tell, so that a text has to be read to be judged.</summary>
    private const string EscapedAscii = @"\u00";

    /// <summary>Words without one of which no rule can object, so that most texts need not be read at all.</summary>
    private static readonly SearchValues<string> Telling = SearchValues.Create(
        [
            GlobalHost.Name, GlobalHost.LocalPrefix, GlobalRegion, EscapedAscii,
            "regional_endpoints", "regional-endpoints", "regional.endpoints", "regionalendpoints",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a normalised text, keys included, can be of interest to any rule.</summary>
    public static bool MayConcern(ReadOnlySpan<char> text) => text.ContainsAny(Telling);

    /// <summary>The rule that objects to <paramref name="setting"/>, or null.</summary>
    public static Rule? Objection(Setting setting)
    {
        if (GlobalHost.FindIn(setting.Value) is var use && use != GlobalHostUse.None)
        {
            return use == GlobalHostUse.Url ? Rule.GlobalEndpoint : OfBareHost(setting.Key);
        }

        if (GlobalHost.IsLocalIn(setting.Value))
        {
            return Rule.AmbiguousHost;
        }

        if (!setting.IsWhole)
        {
            return null;
        }

        var value = setting.Value.Trim();
        return Keys.IsMode(setting.Key) ? OfMode(value)
            : value.Equals(GlobalRegion, StringComparison.OrdinalIgnoreCase) && Keys.IsRegion(setting.Key) ? Rule.GlobalRegion
            : null;
    }

    private static Rule? OfBareHost(string key) => Keys.MeaningOf(key) switch
    {
        KeyMeaning.Audience => null,
        KeyMeaning.Endpoint => Rule.GlobalEndpoint,
        _ => Rule.AmbiguousHost,
    };

    /// <summary>A value with a reference in it is only known at run time; only botocore insists on lower case, but it does.</summary>
    private static Rule? OfMode(string value) =>
        value == "regional" || value.Contains('$', StringComparison.Ordinal) ? null
        : value.Equals("legacy", StringComparison.OrdinalIgnoreCase) ? Rule.LegacyMode
        : Rule.InvalidMode;
}
