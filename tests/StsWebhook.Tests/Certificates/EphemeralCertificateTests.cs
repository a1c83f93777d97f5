using System.Net;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class EphemeralCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2031, 5, 17, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Create_NamesThisMachine()
    {
        using var certificate = EphemeralCertificate.Create(Now);

        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["localhost"], names.EnumerateDnsNames(), StringComparer.Ordinal);
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], names.EnumerateIPAddresses());
    }

    [Fact]
    public void Create_IsValidAroundTheGivenTime()
    {
        using var certificate = EphemeralCertificate.Create(Now);

        Assert.Equal(Now.AddMinutes(-5).UtcDateTime, certificate.NotBefore.ToUniversalTime());
        Assert.Equal(Now.AddDays(30).UtcDateTime, certificate.NotAfter.ToUniversalTime());
    }

    [Fact]
    public void Create_Twice_HasKeysOfItsOwn()
    {
        using var one = EphemeralCertificate.Create(Now);
        using var other = EphemeralCertificate.Create(Now);

        Assert.True(one.HasPrivateKey);
        Assert.NotEqual(one.PublicKey.EncodedKeyValue.RawData, other.PublicKey.EncodedKeyValue.RawData);
    }

    [Fact]
    public void Create_IsTrustedByWhoeverTrustsIt()
    {
        using var certificate = EphemeralCertificate.Create(Now);
        using var chain = new X509Chain { ChainPolicy = RawConnection.Trusting(certificate) };
        chain.ChainPolicy.VerificationTime = Now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;

        Assert.True(chain.Build(certificate), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
    }

    [Fact]
    public void Publish_WritesThePublicPartOnly()
    {
        using var certificate = EphemeralCertificate.Create(Now);

        var path = EphemeralCertificate.Publish(certificate, folder["new/folder"]);

        Assert.Equal(Path.Combine(folder["new/folder"], "tls.crt"), path);
        using var read = X509CertificateLoader.LoadCertificateFromFile(path);
        Assert.Equal(certificate.RawData, read.RawData);
        Assert.False(read.HasPrivateKey);
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_OverAnOlderCertificate_ReplacesIt()
    {
        using var older = EphemeralCertificate.Create(Now);
        using var newer = EphemeralCertificate.Create(Now);
        EphemeralCertificate.Publish(older, folder.Path);

        var path = EphemeralCertificate.Publish(newer, folder.Path);

        using var read = X509CertificateLoader.LoadCertificateFromFile(path);
        Assert.Equal(newer.Thumbprint, read.Thumbprint);
    }

    [Fact]
    public void Publish_NoFolder_MakesATemporaryOne()
    {
        using var certificate = EphemeralCertificate.Create(Now);

        var path = EphemeralCertificate.Publish(certificate, directory: null);

        try
        {
            Assert.True(File.Exists(path));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void Publish_FolderThatIsAFile_IsToldInOneLine()
    {
        using var certificate = EphemeralCertificate.Create(Now);
        var file = folder.Write("taken", "a file");

        var message = Assert.Throws<ConfigurationException>(() => EphemeralCertificate.Publish(certificate, file)).Message;

        Assert.StartsWith($"--tls-dir: '{file}' cannot be written to: ", message, StringComparison.Ordinal);
    }
}
