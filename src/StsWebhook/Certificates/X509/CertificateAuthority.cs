using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Certificates.X509;

/// <summary>A CA of this program.</summary>
/// <param name="Certificate">The certificate, with the private key that signs.</param>
internal sealed record CertificateAuthority(X509Certificate2 Certificate)
{
    /// <summary>The start of the subject of every CA of this program, which identifies them.</summary>
    private const string SubjectPrefix = "CN=sts-webhook CA ";

    /// <summary>TLS server authentication (RFC 5280, 4.2.1.12).</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>Creates a CA with a random suffix in its subject, so that CAs in a bundle can be told apart.</summary>
    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            SubjectPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var (begin, expiry) = (now - CertificateLifetimes.Slack, now + CertificateLifetimes.OfAuthority);
        return new CertificateAuthority(request.CreateSelfSigned(begin, expiry));
    }

    /// <summary>Whether a certificate belongs to a CA of this program, by its subject.</summary>
    public static bool IsOurs(X509Certificate2 certificate) =>
        certificate.Subject.StartsWith(SubjectPrefix, StringComparison.Ordinal);

    /// <summary>Issues a serving certificate, valid for 30 days or until the CA expires, whichever is sooner.</summary>
    /// <param name="names">Host names and IP addresses.</param>
    /// <param name="now">The current time; validity begins <see cref="CertificateLifetimes.Slack"/> earlier.</param>
    public CertificatePair Issue(IReadOnlyCollection<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

        // The subject is only for display. It has at most 64 characters (RFC 5280, appendix A.1), so names are in the extension.
        var request = new CertificateRequest("CN=sts-webhook", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var signed = request.Create(
            Certificate,
            Later(now - CertificateLifetimes.Slack, Certificate.Begin()),
            Earlier(now + CertificateLifetimes.OfServing, Certificate.Expiry()),
            SerialNumber());
        return new CertificatePair(signed.CopyWithPrivateKey(key), []);
    }

    /// <summary>Whether this CA signed a certificate, valid at the moment or not.</summary>
    public bool HasIssued(X509Certificate2 leaf)
    {
        using var chain = new X509Chain
        {
            ChainPolicy =
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
                DisableCertificateDownloads = true,
                VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid,
            },
        };
        chain.ChainPolicy.CustomTrustStore.Add(Certificate);
        return chain.Build(leaf);
    }

    /// <summary>A random number: positive and at most 20 octets (RFC 5280, 4.1.2.2).</summary>
    private static byte[] SerialNumber()
    {
        var number = RandomNumberGenerator.GetBytes(16);
        number[0] = (byte)((number[0] & 0x7F) | 0x40);
        return number;
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
