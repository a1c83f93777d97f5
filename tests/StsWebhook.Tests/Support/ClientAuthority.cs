using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;

namespace StsWebhook.Tests.Support;

/// <summary>A CA that signs client certificates, such as the one of the API server, including every kind of invalid certificate.</summary>
internal sealed class ClientAuthority(X509Certificate2 certificate) : IDisposable
{
    public const string ForClients = "1.3.6.1.5.5.7.3.2";
    public const string ForServers = "1.3.6.1.5.5.7.3.1";

    private static int serial;

    public X509Certificate2 Certificate => certificate;

    public string Pem => certificate.ExportCertificatePem() + "\n";

    public static ClientAuthority Create(string name = "clients")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new ClientAuthority(RequestOf(name, key).CreateSelfSigned(now.AddDays(-9), now.AddDays(9)));
    }

    /// <summary>Creates an intermediate CA of this CA.</summary>
    public ClientAuthority Intermediate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = RequestOf("intermediate", key).Create(certificate, certificate.Begin(), certificate.Expiry(), Serial());
        return new ClientAuthority(signed.CopyWithPrivateKey(key));
    }

    /// <summary>Signs a certificate.</summary>
    /// <param name="usage">Its extended key usage; null for none.</param>
    /// <param name="validFrom">Start of its validity, in days from now.</param>
    /// <param name="validTo">End of its validity, in days from now.</param>
    /// <param name="issuerAddress">The address in the certificate for its issuer's certificate and revocation list.</param>
    public X509Certificate2 Issue(string? usage = ForClients, int validFrom = -1, int validTo = 1, Uri? issuerAddress = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=kube-apiserver", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        if (usage is not null)
        {
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        }

        if (issuerAddress is not null)
        {
            request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(
                ocspUris: [issuerAddress.AbsoluteUri + "ocsp"], caIssuersUris: [issuerAddress.AbsoluteUri + "ca"]));
            request.CertificateExtensions.Add(
                CertificateRevocationListBuilder.BuildCrlDistributionPointExtension([issuerAddress.AbsoluteUri + "crl"]));
        }

        var now = TimeProvider.System.GetUtcNow();
        using var signed = request.Create(certificate, now.AddDays(validFrom), now.AddDays(validTo), Serial());
        return signed.CopyWithPrivateKey(key);
    }

    public void Dispose() => certificate.Dispose();

    private static CertificateRequest RequestOf(string name, ECDsa key)
    {
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    private static byte[] Serial() => [1, (byte)Interlocked.Increment(ref serial)];
}
