using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class CertificatePairTests
{
    private static readonly DateTimeOffset Now = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CertificatePair pair = CertificateAuthority.Create(Now).Issue(["a.example"], Now);

    [Theory]
    [InlineData("PKCS#8")]
    [InlineData("SEC1")]
    public void TryParse_KeyFormats_ReturnsThePair(string form)
    {
        using var key = pair.Leaf.GetECDsaPrivateKey()!;

        Assert.True(CertificatePair.TryParse(
            "tls", pair.CertificatesPem, form == "SEC1" ? key.ExportECPrivateKeyPem() : key.ExportPkcs8PrivateKeyPem(), out var read, out _));

        Assert.Equal(pair.Leaf.RawData, read.Leaf.RawData);
        Assert.True(read.Leaf.HasPrivateKey);
        Assert.Empty(read.Intermediates);
    }

    [Fact]
    public void TryParse_Chain_KeepsTheOrder()
    {
        var (one, other) = (CertificateAuthority.Create(Now).Certificate, CertificateAuthority.Create(Now).Certificate);
        var whole = new CertificatePair(pair.Leaf, [one, other]);

        Assert.True(CertificatePair.TryParse("tls", whole.CertificatesPem, Key(), out var read, out _));

        Assert.Equal([one.Thumbprint, other.Thumbprint], read.Intermediates.Select(c => c.Thumbprint), StringComparer.Ordinal);
    }

    [Fact]
    public void TryParse_EncryptedKey_ReturnsAnErrorWithoutTheKey()
    {
        using var key = pair.Leaf.GetECDsaPrivateKey()!;
        var encrypted = key.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000));

        Assert.False(CertificatePair.TryParse("tls", pair.CertificatesPem, encrypted, out _, out var error));

        Assert.Equal("tls.key does not contain the unencrypted key of the certificate in tls.crt", error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public void TryParse_NoCertificate_ReturnsAnError(string certificates)
    {
        Assert.False(CertificatePair.TryParse("tls", certificates, Key(), out _, out var error));

        Assert.Equal("tls.crt does not contain valid certificates", error);
    }

    [Fact]
    public void TryParse_ChainCutOff_ReturnsAnError()
    {
        var whole = new CertificatePair(pair.Leaf, [CertificateAuthority.Create(Now).Certificate]).CertificatesPem;

        Assert.False(CertificatePair.TryParse("tls", whole[..^100], Key(), out _, out _));
    }

    private string Key()
    {
        using var key = pair.Leaf.GetECDsaPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }
}
