using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;

namespace StsWebhook.Tests.Support;

/// <summary>Certificates that an attacker can create, each with one property that ours do not have.</summary>
internal static class ForgedCertificate
{
    public static readonly string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>A CA that differs from ours in the given way.</summary>
    /// <param name="now">The time.</param>
    /// <param name="usage">Its key usage.</param>
    /// <param name="lifetime">How long it is valid from now on; a year if null.</param>
    /// <param name="curve">The curve of its key; P-256 if null.</param>
    /// <param name="extensions">Additional extensions.</param>
    public static CertificateAuthority Authority(
        DateTimeOffset now,
        X509KeyUsageFlags usage = X509KeyUsageFlags.KeyCertSign,
        TimeSpan? lifetime = null,
        ECCurve? curve = null,
        params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sts-webhook CA 00000000", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(usage, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        return new CertificateAuthority(request.CreateSelfSigned(now.AddHours(-1), now + (lifetime ?? TimeSpan.FromDays(365))));
    }

    /// <summary>A serving certificate that a CA signed and that differs from ours in the given way.</summary>
    /// <param name="authority">The CA.</param>
    /// <param name="now">The time.</param>
    /// <param name="use">The extended key usage; none if null.</param>
    /// <param name="lifetime">How long it is valid from now on; 30 days if null.</param>
    /// <param name="extensions">Additional extensions.</param>
    public static CertificatePair Serving(
        CertificateAuthority authority, DateTimeOffset now, string? use, TimeSpan? lifetime = null, params X509Extension[] extensions)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sts-webhook", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(CertificateCluster.ServiceHost);
        request.CertificateExtensions.Add(names.Build());
        if (use is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(use)], critical: false));
        }

        foreach (var extension in extensions)
        {
            request.CertificateExtensions.Add(extension);
        }

        // By the key alone: the CA's certificate may not allow it.
        using var signer = authority.Certificate.GetECDsaPrivateKey()!;
        using var signed = request.Create(
            authority.Certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(signer),
            now.AddHours(-1),
            now + (lifetime ?? TimeSpan.FromDays(30)),
            [0x41, 1, 2, 3]);
        return new CertificatePair(signed.CopyWithPrivateKey(key), []);
    }
}
