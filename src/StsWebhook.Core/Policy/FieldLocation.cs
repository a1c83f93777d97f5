namespace StsWebhook.Core.Policy;

/// <summary>A place in an object that may hold a setting.</summary>
/// <param name="Field">The field path.</param>
/// <param name="Noun">What a remedy calls it: variable, argument, annotation.</param>
/// <param name="Container">The container's name, where the place belongs to one.</param>
/// <param name="Cap">The gravest that a finding here may be.</param>
internal readonly record struct FieldLocation(string Field, string Noun, string? Container = null, Severity Cap = Severity.Deny);
