namespace StsWebhook.Core.Policy.Rules;

/// <summary>
/// An object, or a value that can determine the STS endpoint, that could not be judged: a limit was reached, or the value
/// cannot be read. With <c>failurePolicy: Ignore</c> the API server accepts whatever the webhook does not answer, so silence
/// would be a way around the policy.
/// </summary>
internal sealed class UnjudgedRule() : Rule(
    "unjudged",
    Severity.Deny,
    message: "is not judged because a limit was reached: it may use the global endpoint",
    summary: "An object, or a value that can determine the STS endpoint, that was not judged because of a limit.")
{
    /// <summary>The shared instance.</summary>
    public static UnjudgedRule Instance { get; } = new();

    /// <inheritdoc/>
    internal override string Remedy(in RemedyContext context) => $"keep the {context.Kind} within the limit or remove it";
}
