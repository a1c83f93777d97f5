using StsWebhook.Core.Policy.Text;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy;

/// <summary>Judges the texts of one object and keeps what the rules object to, each rule once a field.</summary>
/// <param name="settings">The severities.</param>
/// <param name="cap">The gravest that a finding in this object may be.</param>
/// <param name="region">The pod's region, which remedies name.</param>
internal sealed class PolicyEvaluator(PolicySettings settings, Severity cap, PodRegion region)
{
    /// <summary>The region that settings are held against: none, while only the binding will tell it.</summary>
    private readonly string? settledRegion = region.IsDeferred ? null : region.Name;

    private List<Finding>? findings;
    private HashSet<(string Rule, string Field)>? known;

    /// <summary>The findings, in the order of the object.</summary>
    public IReadOnlyList<Finding> Findings => findings is null ? [] : [.. findings.Where(IsRelevant)];

    /// <summary>Judges a text that stands under <paramref name="key"/>.</summary>
    public void Judge(FieldLocation place, string key, string text)
    {
        var normalised = TextNormaliser.Normalise(text);
        if (EntryRules.MightMatch(normalised) || EntryRules.MightMatch(key))
        {
            // The mode is one word: whatever else stands there is not taken apart, but wrong as a whole.
            Judge(place, KeyClassifier.IsMode(key) ? [new ConfigEntry(key, normalised, IsWhole: true)] : TextEntryReader.Read(normalised, key));
        }
    }

    /// <summary>Judges the arguments of a command.</summary>
    /// <param name="place">Where they stand.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="before">What the kubelet puts before them: a command, which stands elsewhere.</param>
    public void JudgeCommand(FieldLocation place, IReadOnlyList<string> arguments, params IReadOnlyList<string> before)
    {
        ShellWord[] words = [.. before.Concat(arguments).Select(argument => new ShellWord(TextNormaliser.Normalise(argument)))];
        if (EntryRules.MightMatch(words))
        {
            Judge(place, CommandLineEntryReader.Read(words, from: before.Count));
        }
    }

    /// <summary>Judges the region that the variables of a container name.</summary>
    /// <param name="place">Where the variable stands.</param>
    /// <param name="value">What it names.</param>
    public void JudgeRegion(FieldLocation place, string value)
    {
        if (settledRegion is not null && Partitions.AreDifferentRegionsOfOnePartition(value, settledRegion))
        {
            Add(Rule.CrossRegion, place, remedy: $"use {settledRegion}, or drop the {place.Noun}");
        }
    }

    /// <summary>Judges the regions that the two variables of a container name, of which SDKs read one or the other.</summary>
    /// <param name="place">Where <c>AWS_DEFAULT_REGION</c> stands.</param>
    /// <param name="value">What it names.</param>
    /// <param name="other">What <c>AWS_REGION</c> names.</param>
    /// <returns>Whether they are two regions.</returns>
    public bool JudgeRegions(FieldLocation place, string value, string other)
    {
        if (!Partitions.AreDifferentRegionsOfOnePartition(value, other))
        {
            return false;
        }

        Add(
            Rule.CrossRegion,
            place,
            "names another region than AWS_REGION: botocore calls this one, other SDKs that one",
            $"set both to {settledRegion ?? "one region"}, or drop both");
        return true;
    }

    /// <summary>Judges a variable that comes from a Secret.</summary>
    public void JudgeSecret(FieldLocation place, string variable)
    {
        if (KeyClassifier.IsMode(variable) || KeyClassifier.IsStsEndpoint(variable))
        {
            Add(Rule.Unreadable, place);
        }
    }

    private void Judge(FieldLocation place, IEnumerable<ConfigEntry> texts)
    {
        foreach (var setting in texts)
        {
            if (EntryRules.FindViolation(setting, settledRegion) is { } rule)
            {
                Add(rule, place);
            }
        }
    }

    private void Add(Rule rule, FieldLocation place, string? message = null, string? remedy = null)
    {
        var severity = (Severity)Math.Min((int)settings.SeverityOf(rule), Math.Min((int)cap, (int)place.Cap));
        if (severity != Severity.Off && (known ??= []).Add((rule.Name, place.Field)))
        {
            (findings ??= []).Add(new Finding(
                rule, severity, place.Field, place.Container, message ?? rule.Message, remedy ?? Remedy.For(rule, place, region)));
        }
    }

    /// <summary>Where the host is dialled, it no longer matters what else it may stand for there.</summary>
    private bool IsRelevant(Finding finding) =>
        finding.Rule != Rule.AmbiguousHost || !known!.Contains((Rule.GlobalEndpoint.Name, finding.Field));
}
