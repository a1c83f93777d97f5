using StsWebhook.Certificates.Managed;

namespace StsWebhook.Certificates.Revocation;

/// <summary>A webhook configuration as the command read it.</summary>
/// <param name="Kind">The path of its kind: one of <see cref="WebhookConfigurations.Kinds"/>.</param>
/// <param name="Found">The configuration; null if it does not exist or cannot be read.</param>
/// <param name="Error">Why it cannot be read, or null.</param>
internal sealed record ConfigurationState(string Kind, WebhookConfigurations.Configuration? Found, string? Error);
