using StsWebhook.Core.Policy.Text;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy;

/// <summary>Judges the texts of one object and keeps what the rules object to, each rule once a field.</summary>
/// <param name="settings">The severities.</param>
/// <param name="cap">The gravest that a finding in this object may be.</param>
/// <param name="region">The pod's region, which remedies name.</param>
internal sealed class FindingCollector(PolicySettings settings, Severity cap, PodRegion region)
{
    private List<Finding>? findings;
    private HashSet<(string Rule, string Field)>? known;

    /// <summary>The findings, in the order of the object.</summary>
    public IReadOnlyList<Finding> Findings => (IReadOnlyList<Finding>?)findings ?? [];

    /// <summary>Judges a text that stands under <paramref name="key"/>.</summary>
    public void Judge(Place place, string key, string text)
    {
        var normalised = TextNormaliser.Normalise(text);
        if (SettingRules.MayConcern(normalised) || SettingRules.MayConcern(key))
        {
            // The mode is one word: whatever else stands there is not taken apart, but wrong as a whole.
            Judge(place, Keys.IsMode(key) ? [new Setting(key, normalised, IsWhole: true)] : TextSettings.Read(normalised, key));
        }
    }

    /// <summary>Judges the arguments of a command.</summary>
    public void JudgeCommand(Place place, IReadOnlyList<string> arguments)
    {
        var normalised = arguments.Select(TextNormaliser.Normalise).ToArray();
        if (Array.Exists(normalised, argument => SettingRules.MayConcern(argument)))
        {
            Judge(place, CommandLineSettings.Read(normalised));
        }
    }

    private void Judge(Place place, IEnumerable<Setting> texts)
    {
        foreach (var setting in texts)
        {
            if (SettingRules.Objection(setting) is { } rule)
            {
                Add(rule, place);
            }
        }
    }

    private void Add(Rule rule, Place place)
    {
        var severity = (Severity)Math.Min((int)settings.SeverityOf(rule), Math.Min((int)cap, (int)place.Cap));
        if (severity != Severity.Off && (known ??= []).Add((rule.Name, place.Field)))
        {
            (findings ??= []).Add(new Finding(
                rule, severity, place.Field, place.Container, rule.Message, Remedy.For(rule, place, region)));
        }
    }
}
