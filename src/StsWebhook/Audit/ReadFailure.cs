namespace StsWebhook.Audit;

/// <summary>A resource that the audit could not read.</summary>
/// <param name="Resource">The plural resource name, for example <c>pods</c>.</param>
/// <param name="Namespace">The namespace; null for the whole cluster.</param>
/// <param name="Message">The reason.</param>
internal sealed record ReadFailure(string Resource, string? Namespace, string Message);
