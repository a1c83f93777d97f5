using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Certificates.X509;

/// <summary>
/// The properties that every certificate of this program has. The API server verifies certificates with Go's crypto/x509,
/// which rejects what these checks reject: other curves, SHA-1, duplicate extensions, another use than TLS servers.
/// Lifetimes are limited to ours, since a certificate that is never due is never renewed.
/// </summary>
internal static class CertificateProfile
{
    /// <summary>The start of the subject of every CA of this program.</summary>
    public const string AuthoritySubjectPrefix = "CN=sts-webhook CA ";

    /// <summary>TLS server authentication (RFC 5280, 4.2.1.12).</summary>
    public const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private const string AnyExtendedKeyUsage = "2.5.29.37.0";
    private const string EcdsaWithSha256 = "1.2.840.10045.4.3.2";

    /// <summary>The number of extensions of a CA: each of <see cref="IsOfAuthority"/> once.</summary>
    private const int AuthorityExtensions = 3;

    /// <summary>Certificates have whole seconds, and a lifetime is the difference of two times that were rounded.</summary>
    private static readonly TimeSpan Rounding = TimeSpan.FromSeconds(1);

    /// <summary>The parameters of a P-256 key: the DER of its object identifier (RFC 5480, 2.1.1.1).</summary>
    private static ReadOnlySpan<byte> P256 => [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

    /// <summary>
    /// Whether a certificate has the profile of a CA of this program. Such a CA has no other extensions than ours, so no name
    /// constraints. It does not prove that this program created the CA.
    /// </summary>
    public static bool IsAuthority(X509Certificate2 certificate) => Matches(
        certificate,
        CertificateLifetimes.OfAuthority,
        c => c.Subject.StartsWith(AuthoritySubjectPrefix, StringComparison.Ordinal)
            && c.SubjectName.RawData.AsSpan().SequenceEqual(c.IssuerName.RawData)
            && c.Extensions.Count == AuthorityExtensions
            && c.Extensions.All(IsOfAuthority));

    /// <summary>Whether a certificate has the profile of a serving certificate, with any issuer.</summary>
    public static bool IsServing(X509Certificate2 certificate) => Matches(
        certificate,
        CertificateLifetimes.OfServing,
        c => c.Extensions.All(IsOfServing)
            && c.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(e => e.EnumerateDnsNames()).Any());

    private static bool Matches(X509Certificate2 certificate, TimeSpan lifetime, Predicate<X509Certificate2> check)
    {
        try
        {
            return certificate.SignatureAlgorithm.Value == EcdsaWithSha256
                && certificate.PublicKey.EncodedParameters?.RawData is { } parameters
                && parameters.AsSpan().SequenceEqual(P256)
                && certificate.Expiry() - certificate.Begin() <= lifetime + CertificateLifetimes.Slack + Rounding
                && certificate.Extensions.DistinctBy(e =>
                    e.Oid?.Value, StringComparer.Ordinal).Count() == certificate.Extensions.Count
                && check(certificate);
        }
        catch (CryptographicException)
        {
            // The content of an extension is decoded when it is read.
            return false;
        }
    }

    private static bool IsOfAuthority(X509Extension extension) => extension switch
    {
        X509BasicConstraintsExtension constraints => constraints.CertificateAuthority,
        X509KeyUsageExtension usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign),
        X509SubjectKeyIdentifierExtension => true,
        _ => false,
    };

    /// <summary>Whether a server may have the extension. Without an extended key usage, every use is allowed.</summary>
    private static bool IsOfServing(X509Extension extension) => extension switch
    {
        X509EnhancedKeyUsageExtension usage =>
            usage.EnhancedKeyUsages.Cast<Oid>().Any(use => use.Value is ServerAuthentication or AnyExtendedKeyUsage),
        X509BasicConstraintsExtension constraints => !constraints.CertificateAuthority,
        X509KeyUsageExtension usage => usage.KeyUsages.HasFlag(X509KeyUsageFlags.DigitalSignature),
        X509SubjectAlternativeNameExtension => true,
        _ => !extension.Critical,
    };
}
