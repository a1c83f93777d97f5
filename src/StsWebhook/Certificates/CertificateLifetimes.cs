using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Certificates;

/// <summary>How long certificates of our own are good, and when their successors are due.</summary>
internal static class CertificateLifetimes
{
    /// <summary>Renewed after 20 days, so that for 10 days it may go wrong.</summary>
    public static readonly TimeSpan OfServing = TimeSpan.FromDays(30);

    /// <summary>Its successor is made after 8 months.</summary>
    public static readonly TimeSpan OfAuthority = TimeSpan.FromDays(365);

    /// <summary>How far back validity begins: clocks differ.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromHours(1);

    /// <summary>The part of its life that the last renewals may come after the first.</summary>
    private const double Spread = 1.0 / 30;

    /// <summary>From when on a certificate is good.</summary>
    public static DateTimeOffset Begin(this X509Certificate2 certificate) => new(certificate.NotBefore.ToUniversalTime());

    /// <summary>Until when a certificate is good.</summary>
    public static DateTimeOffset Expiry(this X509Certificate2 certificate) => new(certificate.NotAfter.ToUniversalTime());

    /// <summary>Whether a certificate is good at that time.</summary>
    public static bool IsValidAt(this X509Certificate2 certificate, DateTimeOffset now) =>
        certificate.Begin() <= now && now <= certificate.Expiry();

    /// <summary>Whether two thirds of its life are over.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="now">The time.</param>
    /// <param name="jitter">From 0 to 1, a number of each replica's own: they are not to act all at once.</param>
    public static bool IsDueAt(this X509Certificate2 certificate, DateTimeOffset now, double jitter)
    {
        var life = certificate.Expiry() - certificate.Begin();
        return now >= certificate.Begin() + (life * ((2.0 / 3) + (jitter * Spread)));
    }
}
