using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;

namespace StsWebhook.Certificates.Managed;

/// <summary>The certificates that all replicas share through the Secret. Immutable.</summary>
/// <param name="Current">The CA that signs.</param>
/// <param name="Serving">The certificate that is served.</param>
internal sealed record ManagedCertificates(CertificateAuthority Current, CertificatePair Serving)
{
    /// <summary>The CA that will sign once every webhook configuration trusts it.</summary>
    public CertificateAuthority? Next { get; init; }

    /// <summary>Previous CAs, without keys: a replica that lags behind may still serve what they signed.</summary>
    public IReadOnlyList<X509Certificate2> Retired { get; init; } = [];

    /// <summary>
    /// Whether clients that trust the CA accept the serving certificate, apart from its names and its validity.
    /// </summary>
    public bool IsVerifiable => Current.Verifies(Serving);

    /// <summary>The CAs that clients must trust.</summary>
    public IEnumerable<X509Certificate2> Trusted =>
        Next is null ? [Current.Certificate, .. Retired] : [Current.Certificate, Next.Certificate, .. Retired];

    /// <summary><see cref="Trusted"/> as PEM, for <c>caBundle</c>.</summary>
    public string Bundle => string.Concat(Trusted.Select(c => c.ExportCertificatePem() + "\n"));
}
