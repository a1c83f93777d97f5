using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Tests.Support;

/// <summary>A root CA, an intermediate CA, and certificates signed by it, as in companies.</summary>
internal sealed record TestChain(X509Certificate2 Root, string CertificatesPem, string KeyPem)
{
    public static TestChain Create(string host)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leafKey = RSA.Create(2048);

        var root = Authority("CN=root", rootKey).CreateSelfSigned(now.AddHours(-1), now.AddDays(2));
        using var middle = Authority("CN=middle", middleKey)
            .Create(root, now.AddHours(-1), now.AddDays(1), [1, 2]).CopyWithPrivateKey(middleKey);
        var leaf = new CertificateRequest("CN=leaf", leafKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        leaf.CertificateExtensions.Add(names.Build());
        using var signed = leaf.Create(
            middle.SubjectName, X509SignatureGenerator.CreateForECDsa(middleKey), now.AddMinutes(-30), now.AddHours(1), [3, 4]);
        return new TestChain(
            root,
            signed.ExportCertificatePem() + "\n" + middle.ExportCertificatePem() + "\n",
            leafKey.ExportRSAPrivateKeyPem());
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        return request;
    }
}
