namespace StsWebhook.Core.Policy.Rules;

/// <summary>A region variable that violates a rule.</summary>
/// <param name="Location">The location of the variable.</param>
/// <param name="Message">The problem, a clause as <see cref="Rule.Message"/>; null for the rule's own message.</param>
/// <param name="Remedy">The next step, an imperative clause.</param>
internal sealed record RegionViolation(FieldLocation Location, string? Message, string Remedy);
