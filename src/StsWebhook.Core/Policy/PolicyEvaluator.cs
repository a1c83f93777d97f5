using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Policy.Text;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Policy;

/// <summary>
/// Evaluates the rules on the texts of one object and collects the findings, at most one per rule and field. Used by one
/// thread.
/// </summary>
/// <param name="settings">The severities of the rules.</param>
/// <param name="cap">The highest severity of findings in this object.</param>
/// <param name="region">The region of the pod.</param>
/// <param name="rules">The rules; null for all.</param>
/// <param name="cancellation">Stops the evaluation before the next text, by an <see cref="OperationCanceledException"/>.</param>
internal sealed class PolicyEvaluator(
    PolicySettings settings, Severity cap, PodRegion region, RuleSet? rules = null, CancellationToken cancellation = default)
{
    /// <summary>
    /// The region that hosts and variables are compared with; null while it is unknown, or deferred until binding.
    /// </summary>
    private readonly string? settledRegion = region.IsDeferred ? null : region.Name;

    private List<Finding>? findings;
    private HashSet<(string Rule, string Field)>? reported;

    /// <summary>The rules.</summary>
    public RuleSet Rules { get; } = rules ?? RuleSet.Default;

    /// <summary>The findings, in the order of the object's fields.</summary>
    public IReadOnlyList<Finding> Findings => findings is null ? [] : [.. findings.Where(finding => !IsSuperseded(finding))];

    /// <summary>Evaluates a text.</summary>
    /// <param name="location">The location of the text.</param>
    /// <param name="key">The key of the text, such as the name of a variable; empty if nothing names the text.</param>
    /// <param name="text">The text.</param>
    public void Evaluate(FieldLocation location, string key, string text)
    {
        cancellation.ThrowIfCancellationRequested();
        var normalised = TextNormaliser.Normalise(text);
        EvaluateDisguise(location, text, normalised);
        if (Rules.MightMatch(normalised) || Rules.MightMatch(key))
        {
            // The mode is a single word: the text is not parsed, since anything else is invalid as a whole.
            RecordViolations(
                location,
                KeyClassifier.IsEndpointMode(key)
                    ? [new ConfigEntry(key, normalised, IsWhole: true)]
                    : TextEntryReader.Read(normalised, key));
        }
    }

    /// <summary>Evaluates the arguments of a command.</summary>
    /// <param name="location">The location of the arguments.</param>
    /// <param name="arguments">The arguments.</param>
    /// <param name="before">Words before the arguments that have another location: the <c>command</c> before the
    /// <c>args</c>.</param>
    public void EvaluateCommand(FieldLocation location, IReadOnlyList<string> arguments, params IReadOnlyList<string> before)
    {
        cancellation.ThrowIfCancellationRequested();
        ShellWord[] words = [.. before.Concat(arguments).Select(argument => new ShellWord(TextNormaliser.Normalise(argument)))];
        for (var i = 0; i < arguments.Count; i++)
        {
            EvaluateDisguise(location, arguments[i], words[before.Count + i].Text);
        }

        if (Rules.MightMatch(words))
        {
            RecordViolations(location, CommandLineEntryReader.Read(words, from: before.Count));
        }
    }

    /// <summary>Evaluates the region variables of a container.</summary>
    public void EvaluateRegions(RegionVariables variables)
    {
        foreach (var rule in Rules.Rules)
        {
            if (rule.FindRegionViolation(variables, settledRegion) is { } violation)
            {
                Record(rule, violation.Location, violation.Message, violation.Remedy);
            }
        }
    }

    /// <summary>Evaluates a variable whose value comes from a Secret.</summary>
    public void EvaluateSecret(FieldLocation location, string variable)
    {
        foreach (var rule in Rules.Rules)
        {
            if (rule.MatchesSecret(variable))
            {
                Record(rule, location);
            }
        }
    }

    /// <summary>Evaluates a URL that clients understand in another way than the readers of texts do.</summary>
    private void EvaluateDisguise(FieldLocation location, string text, string normalised)
    {
        if (ClientUrl.CallsGlobalHost(text) || SplitUrl.CallsGlobalHost(normalised))
        {
            RecordViolations(location, [new ConfigEntry(string.Empty, GlobalHost.Url, IsWhole: true)]);
        }
    }

    private void RecordViolations(FieldLocation location, IEnumerable<ConfigEntry> entries)
    {
        foreach (var entry in entries)
        {
            if (Rules.FindViolation(entry, settledRegion) is { } rule)
            {
                Record(rule, location);
            }
        }
    }

    private void Record(Rule rule, FieldLocation location, string? message = null, string? remedy = null)
    {
        var severity = (Severity)Math.Min((int)settings.SeverityOf(rule), Math.Min((int)cap, (int)location.Cap));
        if (severity != Severity.Off && (reported ??= []).Add((rule.Name, location.Field)))
        {
            (findings ??= []).Add(new Finding(
                rule,
                severity,
                location.Field,
                location.Container,
                message ?? rule.Message,
                remedy ?? rule.Remedy(new RemedyContext(location, region))));
        }
    }

    private bool IsSuperseded(Finding finding) =>
        finding.Rule.SupersededBy is { } stronger && reported!.Contains((stronger.Name, finding.Field));
}
