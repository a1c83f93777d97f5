namespace StsWebhook.Certificates.Managed;

/// <summary>
/// Measures for how long every webhook configuration has trusted the next CA without interruption. After an hour it may
/// sign: a change of a configuration does not reach every API server at once, and one that was disconnected from etcd
/// catches up late. For one caller at a time.
/// </summary>
internal sealed class NextCaTrustTimer
{
    private static readonly TimeSpan Required = TimeSpan.FromHours(1);

    private (string Thumbprint, DateTimeOffset Since)? trusted;

    /// <summary>Whether the stored next CA has been trusted for an hour. Resets the timer if it is not trusted now.</summary>
    /// <param name="stored">The certificates in the Secret, or null.</param>
    /// <param name="found">The configurations, read just before.</param>
    /// <param name="now">The time by the API server's clock.</param>
    public bool IsElapsed(
        ManagedCertificates? stored, IReadOnlyList<WebhookConfigurations.Configuration?> found, DateTimeOffset now)
    {
        if (stored?.Next is not { } next
            || trusted?.Thumbprint != next.Certificate.Thumbprint
            || !WebhookConfigurations.AllTrust(found, stored.Bundle))
        {
            trusted = null;
        }

        return trusted is { } since && now - since.Since >= Required;
    }

    /// <summary>Starts the timer unless it runs: all configurations trust these certificates now.</summary>
    public void Start(ManagedCertificates certificates, DateTimeOffset now)
    {
        if (certificates.Next is { } next)
        {
            trusted ??= (next.Certificate.Thumbprint, now);
        }
    }
}
