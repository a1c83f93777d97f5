using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Certificates.X509;

/// <summary>A CA of this program.</summary>
/// <param name="Certificate">The certificate, with the private key that signs.</param>
internal sealed record CertificateAuthority(X509Certificate2 Certificate)
{
    /// <summary>Creates a CA with a random suffix in its subject, so that CAs in a bundle can be told apart.</summary>
    public static CertificateAuthority Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(
            CertificateProfile.AuthoritySubjectPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            key,
            HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var (begin, expiry) = (now - CertificateLifetimes.Slack, now + CertificateLifetimes.OfAuthority);
        return new CertificateAuthority(request.CreateSelfSigned(begin, expiry));
    }

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
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid(CertificateProfile.ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(
            Certificate, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        using var signed = request.Create(
            Certificate,
            Later(now - CertificateLifetimes.Slack, Certificate.Begin()),
            Earlier(now + CertificateLifetimes.OfServing, Certificate.Expiry()),
            SerialNumber());
        return new CertificatePair(signed.CopyWithPrivateKey(key), []);
    }

    /// <summary>
    /// Whether a client that trusts this CA accepts a serving certificate, apart from its names and its validity at the
    /// moment. The certificate must be sent alone, as the certificates of this program are.
    /// </summary>
    public bool Verifies(CertificatePair serving) =>
        serving.Intermediates.Count == 0 && CertificateProfile.IsServing(serving.Leaf) && HasIssued(serving.Leaf);

    private bool HasIssued(X509Certificate2 leaf)
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
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(CertificateProfile.ServerAuthentication));
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
