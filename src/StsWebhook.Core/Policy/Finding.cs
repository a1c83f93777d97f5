namespace StsWebhook.Core.Policy;

/// <summary>A field of an object that violates a rule. A finding never contains the value of the field, which may be secret.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">The severity under the current settings, capped for the kind of object and the field.</param>
/// <param name="Field">The field path, as <c>spec.containers[0].env[AWS_ENDPOINT_URL_STS].value</c>.</param>
/// <param name="Container">The name of the container that the field belongs to; null outside of containers.</param>
/// <param name="Message">The problem, as a clause whose subject is the field.</param>
/// <param name="Remedy">The next step, as an imperative clause.</param>
public sealed record Finding(Rule Rule, Severity Severity, string Field, string? Container, string Message, string Remedy)
{
    /// <summary>The finding as one line: field, problem, remedy and rule.</summary>
    public override string ToString() => Container is null
        ? $"{Field} {Message}; {Remedy} ({Rule})"
        : $"{Field} (container {Container}) {Message}; {Remedy} ({Rule})";
}
