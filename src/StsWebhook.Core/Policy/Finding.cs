namespace StsWebhook.Core.Policy;

/// <summary>
/// A field of an object that violates a rule. A finding never contains the value of the field, which may be secret.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Severity">The severity under the current settings, capped for the kind of object and the field.</param>
/// <param name="Field">The field path, as <c>spec.containers[0].env[AWS_ENDPOINT_URL_STS].value</c>.</param>
/// <param name="Container">The name of the container that the field belongs to; null outside of containers.</param>
/// <param name="Message">The problem, as a clause whose subject is the field.</param>
/// <param name="Remedy">The next step, as an imperative clause.</param>
public sealed record Finding(Rule Rule, Severity Severity, string Field, string? Container, string Message, string Remedy)
{
    /// <inheritdoc cref="Format"/>
    public override string ToString() => Format(Field, Container, Message, Remedy, Rule.Name);

    /// <summary>
    /// A finding as one line: field, container, problem, remedy and rule. Denials, warnings and reports contain this line.
    /// </summary>
    public static string Format(string field, string? container, string message, string? remedy, string rule) =>
        container is null
            ? $"{field} {message}; {remedy} ({rule})"
            : $"{field} (container {container}) {message}; {remedy} ({rule})";
}
