namespace StsWebhook.Certificates;

/// <summary>The Secret as it was read.</summary>
/// <param name="Version">Its version, which a change is for; null where there is no such Secret.</param>
/// <param name="Certificates">What it holds; null where that is nothing.</param>
/// <param name="Error">What cannot be used of what it holds, or null.</param>
internal sealed record StoredSecret(string? Version, ManagedCertificates? Certificates, string? Error);
