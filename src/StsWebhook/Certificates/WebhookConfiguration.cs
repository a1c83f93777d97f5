namespace StsWebhook.Certificates;

/// <summary>A webhook configuration as it was read.</summary>
/// <param name="Kind">The path of its kind.</param>
/// <param name="Version">Its version, which a change is for.</param>
/// <param name="Bundles">The <c>caBundle</c> of each of its webhooks as base64, in order; null where there is none.</param>
internal sealed record WebhookConfiguration(string Kind, string Version, IReadOnlyList<string?> Bundles);
