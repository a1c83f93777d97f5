namespace StsWebhook.Core.Policy;

/// <summary>The location of a text in an object.</summary>
/// <param name="Field">The field path.</param>
/// <param name="Kind">What remedies call the field: variable, argument, annotation.</param>
/// <param name="Container">The name of the container that the field belongs to; null outside of containers.</param>
/// <param name="Cap">The highest severity of findings at this location.</param>
internal readonly record struct FieldLocation(string Field, string Kind, string? Container = null, Severity Cap = Severity.Deny);
