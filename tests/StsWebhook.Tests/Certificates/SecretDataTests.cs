using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class SecretDataTests
{
    private static readonly DateTimeOffset Now = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManagedCertificates certificates;

    public SecretDataTests()
    {
        var authority = CertificateAuthority.Create(Now);
        certificates = new ManagedCertificates(authority, authority.Issue(["a.example"], Now));
    }

    [Fact]
    public void Read_WrittenData_ReturnsTheSameCertificates()
    {
        var whole = certificates with
        {
            Next = CertificateAuthority.Create(Now),
            Retired = [CertificateAuthority.Create(Now).Certificate, CertificateAuthority.Create(Now).Certificate],
        };

        Assert.True(SecretData.TryRead(JsonSerializer.SerializeToElement(Written(whole, isPatch: false)), out var read, out _));

        Assert.Equal(whole.Bundle, read!.Bundle);
        Assert.Equal(whole.Serving.CertificatesPem, read.Serving.CertificatesPem);
        Assert.False(read.Current.Verifies(read.Next!.Issue(["b.example"], Now)));
        Assert.True(read.Current.Verifies(read.Current.Issue(["b.example"], Now)));
    }

    [Fact]
    public void Write_NoNextCa_IsDeletedByAPatchAndOmittedFromANewSecret()
    {
        Assert.Equal(["ca.crt", "ca.key", "tls.crt", "tls.key"], Written(certificates, isPatch: false).Select(e => e.Key).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(
            ["next-ca.crt", "next-ca.key", "retired-ca.crt"],
            Written(certificates, isPatch: true).Where(e => e.Value is null).Select(e => e.Key).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    public void Read_EmptySecret_Succeeds(string data)
    {
        using var json = JsonDocument.Parse(data);

        Assert.True(SecretData.TryRead(json.RootElement, out var read, out _));

        Assert.Null(read);
    }

    [Fact]
    public void Read_CaKeyHoldsALeafCertificate_ReturnsAnError()
    {
        using var key = certificates.Serving.Leaf.GetECDsaPrivateKey()!;

        Assert.Equal("ca.crt is not a CA as this program creates them", Error(certificates.Serving.CertificatesPem, key.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void Read_CaWithAnRsaKey_ReturnsAnError()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=rsa", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(Now, Now.AddDays(1));

        Assert.Equal("ca.key is not an ECDSA key", Error(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem()));
    }

    private string? Error(string authority, string key)
    {
        var data = Written(certificates, isPatch: false);
        data["ca.crt"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(authority));
        data["ca.key"] = Convert.ToBase64String(Encoding.ASCII.GetBytes(key));
        SecretData.TryRead(JsonSerializer.SerializeToElement(data), out _, out var error);
        return error;
    }

    private static JsonObject Written(ManagedCertificates certificates, bool isPatch)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            SecretData.Write(json, certificates, isPatch);
        }

        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }
}
