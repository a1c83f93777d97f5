namespace StsWebhook.Audit;

/// <summary>Something that the audit could not read.</summary>
/// <param name="Resource">The name of the resource, as <c>pods</c>.</param>
/// <param name="Namespace">The namespace; null for the whole cluster.</param>
/// <param name="Message">Why.</param>
internal sealed record ReadFailure(string Resource, string? Namespace, string Message);
