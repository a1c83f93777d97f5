namespace StsWebhook.Core.Policy;

/// <summary>Something in an object that a rule objects to. It never holds the value that it objects to.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">How grave it is here.</param>
/// <param name="Field">The field, as <c>spec.containers[0].env[AWS_ENDPOINT_URL_STS].value</c>.</param>
/// <param name="Container">The container's name, where the field belongs to one.</param>
/// <param name="Message">What is wrong, a clause that follows the field.</param>
/// <param name="Remedy">What to do about it, an imperative clause.</param>
public sealed record Finding(Rule Rule, Severity Severity, string Field, string? Container, string Message, string Remedy)
{
    /// <summary>The finding in one line.</summary>
    public override string ToString() => Container is null
        ? $"{Field} {Message}; {Remedy} ({Rule})"
        : $"{Field} (container {Container}) {Message}; {Remedy} ({Rule})";
}
