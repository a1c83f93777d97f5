using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;

namespace StsWebhook.Certificates.Managed;

/// <summary>Selects the previous CAs that stay in the bundle.</summary>
internal static class RetiredAuthorities
{
    /// <summary>
    /// The most retired CAs that stay trusted; an ordinary rotation leaves at most two. Each one makes every webhook of the
    /// configurations larger.
    /// </summary>
    public const int Limit = 8;

    /// <summary>
    /// How long an expired CA stays in the bundle. Without it, two replicas whose clocks differ would add and remove it in turn.
    /// </summary>
    private static readonly TimeSpan ExpiredGrace = TimeSpan.FromDays(1);

    /// <summary>Whether a CA has been expired for long enough to be removed.</summary>
    public static bool IsRemovable(X509Certificate2 certificate, DateTimeOffset now) => certificate.Expiry() + ExpiredGrace < now;

    /// <summary>The newest CAs, at most <see cref="Limit"/> of them.</summary>
    public static IReadOnlyList<X509Certificate2> Newest(IReadOnlyList<X509Certificate2> retired) => retired.Count <= Limit
        ? retired
        : [.. retired.OrderByDescending(c => c.Begin()).ThenBy(c => c.Thumbprint, StringComparer.Ordinal).Take(Limit)];

    /// <summary>The CAs of this program that clients trust now.</summary>
    public static IReadOnlyList<X509Certificate2> From(IEnumerable<X509Certificate2> trusted, DateTimeOffset now) => Newest(
        [.. trusted
            .Where(c => CertificateProfile.IsAuthority(c) && c.IsValidAt(now))
            .DistinctBy(c => c.Thumbprint, StringComparer.Ordinal)]);

    /// <summary>
    /// The valid CAs that this replica knows and the Secret lost, without private keys. Other replicas may serve what they
    /// signed. CAs that <see cref="Newest"/> would remove again are not among them.
    /// </summary>
    public static IEnumerable<X509Certificate2> Forgotten(
        ManagedCertificates certificates, ManagedCertificates? known, DateTimeOffset now)
    {
        var lost = (known?.Trusted ?? [])
            .Where(c => c.IsValidAt(now))
            .ExceptBy(certificates.Trusted.Select(c => c.Thumbprint), c => c.Thumbprint, StringComparer.Ordinal)
            .Select(WithoutKey)
            .ToArray();
        return lost.Intersect(Newest([.. certificates.Retired, .. lost]));
    }

    /// <summary>A copy of a certificate without its private key.</summary>
    public static X509Certificate2 WithoutKey(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadCertificate(certificate.RawData);
}
