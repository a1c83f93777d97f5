using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy.Rules;

/// <summary>An STS endpoint or the STS endpoint mode from a Secret. The webhook has no permission to read Secrets.</summary>
internal sealed class UnreadableRule() : Rule(
    "unreadable",
    Severity.Warn,
    message: "takes the STS endpoint from a Secret, which the webhook does not read: it may be the global endpoint",
    summary: "An STS endpoint or the mode from a Secret. The webhook does not read Secrets.")
{
    /// <summary>The shared instance.</summary>
    public static UnreadableRule Instance { get; } = new();

    /// <inheritdoc/>
    internal override bool MatchesSecret(string variable) =>
        KeyClassifier.IsEndpointMode(variable) || KeyClassifier.IsStsEndpoint(variable);

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) => $"set the value in the pod or remove the {context.Kind}";
}
