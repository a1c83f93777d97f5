using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// A command that removes an injected variable, or all variables, from the environment of the program it starts.
/// </summary>
internal sealed class InjectionUndoneRule() : TextRule(
    "injection-undone",
    Severity.Warn,
    message: "removes injected AWS variables from the environment",
    summary: "Commands that remove the injected variables: `unset`, `env -i`, `env -u`, `exec -c`.",
    new TextFilter(["unset", "export -n", "remove-item"], EnvironmentRemovals.MightClear))
{
    /// <summary>The shared instance.</summary>
    public static InjectionUndoneRule Instance { get; } = new();

    /// <inheritdoc/>
    public override bool Matches(in ConfigEntry entry, string? podRegion) =>
        entry.IsRemoved && (entry.Key.Length == 0 || Variables.Injected.Contains(entry.Key));

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) =>
        $"keep {Variables.DefaultRegion}, {Variables.Region} and {Variables.EndpointMode}";
}
