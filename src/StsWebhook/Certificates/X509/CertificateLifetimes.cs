using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Certificates.X509;

/// <summary>How long certificates of this program are valid, and when they are due for renewal.</summary>
internal static class CertificateLifetimes
{
    /// <summary>Of a serving certificate. Renewal after 20 days leaves 10 days to repair what prevents it.</summary>
    public static readonly TimeSpan OfServing = TimeSpan.FromDays(30);

    /// <summary>Of a CA. The next one is created after 8 months.</summary>
    public static readonly TimeSpan OfAuthority = TimeSpan.FromDays(365);

    /// <summary>How long before its creation a certificate is valid, since clocks differ.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>The part of a lifetime over which the replicas spread their renewals.</summary>
    private const double JitterShare = 1.0 / 30;

    /// <summary>The start of a certificate's validity.</summary>
    public static DateTimeOffset Begin(this X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime());

    /// <summary>The end of a certificate's validity.</summary>
    public static DateTimeOffset Expiry(this X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());

    /// <summary>Whether a certificate is valid at a time.</summary>
    public static bool IsValidAt(this X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.Begin() <= now && now <= certificate.Expiry();

    /// <summary>Whether two thirds of a certificate's lifetime, and the replica's part of the jitter, are over.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="now">The time.</param>
    /// <param name="jitter">A random number of the replica, from 0 to 1, so that replicas renew at different times.</param>
    public static bool IsDueAt(this X509Certificate2 certificate, DateTimeOffset now, double jitter)
    {
        var lifetime = certificate.Expiry() - certificate.Begin();
        return now >= certificate.Begin() + (lifetime * ((2.0 / 3) + (jitter * JitterShare)));
    }
}
