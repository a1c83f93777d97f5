using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Certificates;

/// <summary>All that the next step of the rotation depends on.</summary>
/// <param name="Now">The time, by the API server's clock.</param>
/// <param name="Names">The names that the serving certificate must have.</param>
internal sealed record RotationInput(DateTimeOffset Now, IReadOnlyList<string> Names)
{
    /// <summary>What the Secret holds; null where it holds nothing that can be used.</summary>
    public ManagedCertificates? Stored { get; init; }

    /// <summary>What this replica knew last; null at its start.</summary>
    public ManagedCertificates? Known { get; init; }

    /// <summary>Whether every webhook configuration has trusted the stored next CA for long enough.</summary>
    public bool IsNextTrusted { get; init; }

    /// <summary>The CAs that the webhook configurations trust at the moment.</summary>
    public IReadOnlyList<X509Certificate2> TrustedByClients { get; init; } = [];

    /// <summary>From 0 to 1, a number of this replica's own.</summary>
    public double Jitter { get; init; }
}
