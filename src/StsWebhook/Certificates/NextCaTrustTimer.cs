namespace StsWebhook.Certificates;

/// <summary>
/// How long every webhook configuration has trusted the next CA without a break: for an hour, before it signs. What is
/// stored is not yet known to every API server, and one that lost its storage catches up late.
/// </summary>
internal sealed class NextCaTrustTimer
{
    private static readonly TimeSpan Length = TimeSpan.FromHours(1);

    private (string Thumbprint, DateTimeOffset Since)? trusted;

    /// <summary>Whether the stored next CA has been trusted for long enough, by what was just read.</summary>
    public bool IsPassed(ManagedCertificates? stored, IReadOnlyList<WebhookConfiguration?> found, DateTimeOffset now)
    {
        if (stored?.Next is not { } next
            || trusted?.Thumbprint != next.Certificate.Thumbprint
            || !WebhookConfigurations.AllTrust(found, stored.Bundle))
        {
            trusted = null;
        }

        return trusted is { } since && now - since.Since >= Length;
    }

    /// <summary>All configurations trust these certificates now.</summary>
    public void Begin(ManagedCertificates certificates, DateTimeOffset now)
    {
        if (certificates.Next is { } next)
        {
            trusted ??= (next.Certificate.Thumbprint, now);
        }
    }
}
