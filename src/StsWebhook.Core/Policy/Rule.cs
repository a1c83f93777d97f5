using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy;

/// <summary>A rule of the policy.</summary>
/// <param name="Name">The name in settings, messages and metrics.</param>
/// <param name="DefaultSeverity">How grave its findings are unless the settings say otherwise.</param>
/// <param name="Message">What is wrong where it finds something: a clause that follows the field.</param>
public sealed record Rule(string Name, Severity DefaultSeverity, string Message)
{
    /// <summary>The host <c>sts.amazonaws.com</c> where it will be dialled.</summary>
    public static readonly Rule GlobalEndpoint = new(
        "global-endpoint", Severity.Deny, $"sends STS calls to the global endpoint {GlobalHost.Name}, which depends on us-east-1");

    /// <summary>The mode <c>legacy</c>, which means the global endpoint in the regions that old SDKs know.</summary>
    public static readonly Rule LegacyMode = new(
        "legacy-mode", Severity.Deny, "asks for the global STS endpoint by the mode legacy");

    /// <summary>The pseudo region <c>aws-global</c>, which resolves to the global host whatever the mode says.</summary>
    public static readonly Rule GlobalRegion = new(
        "global-region", Severity.Deny, "names the pseudo region aws-global, which means the global STS endpoint");

    /// <summary>A mode that is neither <c>regional</c> nor <c>legacy</c>: some SDKs throw, others fall back to legacy.</summary>
    public static readonly Rule InvalidMode = new(
        "invalid-mode", Severity.Warn, "is no mode that SDKs know: some refuse it, others take it for legacy");

    /// <summary>
    /// The bare global host in a place that says neither that it is dialled nor that it is not; and the host
    /// <c>sts-global.</c> of a region anywhere.
    /// </summary>
    public static readonly Rule AmbiguousHost = new(
        "ambiguous-host", Severity.Warn, "names a host of the global STS endpoint, but not what for");

    /// <summary>A command that takes what is injected out of its environment again.</summary>
    public static readonly Rule InjectionUndone = new(
        "injection-undone", Severity.Warn, "takes out of the environment what is injected");

    /// <summary>An STS endpoint or a mode from a Secret, which is never read.</summary>
    public static readonly Rule Unreadable = new(
        "unreadable", Severity.Warn, "chooses the STS endpoint by a Secret, which is not read: it may be the global one");

    /// <summary>
    /// The regional endpoint of another region than the pod's, or another region in the variables from which SDKs
    /// make the endpoint's name; or two regions, so that it depends on the SDK which is called.
    /// </summary>
    public static readonly Rule CrossRegion = new(
        "cross-region", Severity.Warn, "sends STS calls to another region than the pod's, and makes it depend on that one");

    /// <summary>All rules.</summary>
    public static IReadOnlyList<Rule> All { get; } =
        [GlobalEndpoint, LegacyMode, GlobalRegion, InvalidMode, InjectionUndone, AmbiguousHost, Unreadable, CrossRegion];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
