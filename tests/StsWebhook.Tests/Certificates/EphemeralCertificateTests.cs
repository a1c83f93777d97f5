using System.Net;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates;
using StsWebhook.Certificates.X509;
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
    public void Create_ServingCertificate_IsForLocalhost()
    {
        var leaf = EphemeralCertificate.Create(Now).Serving.Leaf;

        var names = leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single();
        Assert.Equal(["localhost"], names.EnumerateDnsNames(), StringComparer.Ordinal);
        Assert.Equal([IPAddress.Loopback, IPAddress.IPv6Loopback], names.EnumerateIPAddresses());
    }

    [Fact]
    public void Create_ServingCertificate_IsValidForThirtyDays()
    {
        var leaf = EphemeralCertificate.Create(Now).Serving.Leaf;

        Assert.Equal(Now.AddHours(-1), leaf.Begin());
        Assert.Equal(Now.AddDays(30), leaf.Expiry());
    }

    [Fact]
    public void Create_Twice_KeysDiffer()
    {
        var one = EphemeralCertificate.Create(Now).Serving.Leaf;
        var other = EphemeralCertificate.Create(Now).Serving.Leaf;

        Assert.True(one.HasPrivateKey);
        Assert.NotEqual(one.PublicKey.EncodedKeyValue.RawData, other.PublicKey.EncodedKeyValue.RawData);
    }

    [Fact]
    public void Create_ClientThatTrustsTheCa_TrustsTheServingCertificate()
    {
        var (authority, serving) = EphemeralCertificate.Create(Now);
        using var chain = new X509Chain { ChainPolicy = RawConnection.Trusting(authority.Certificate) };
        chain.ChainPolicy.VerificationTime = Now.UtcDateTime;
        chain.ChainPolicy.VerificationTimeIgnored = false;

        Assert.True(chain.Build(serving.Leaf), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
    }

    [Fact]
    public void Publish_WritesNoPrivateKey()
    {
        var authority = EphemeralCertificate.Create(Now).Authority;

        var path = EphemeralCertificate.Publish(authority, folder["new/folder"]);

        Assert.Equal(Path.Combine(folder["new/folder"], "tls.crt"), path);
        using var read = X509CertificateLoader.LoadCertificateFromFile(path);
        Assert.Equal(authority.Certificate.RawData, read.RawData);
        Assert.False(read.HasPrivateKey);
        Assert.DoesNotContain("PRIVATE", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Publish_OverAnOlderCertificate_ReplacesIt()
    {
        var older = EphemeralCertificate.Create(Now).Authority;
        var newer = EphemeralCertificate.Create(Now).Authority;
        EphemeralCertificate.Publish(older, folder.Path);

        var path = EphemeralCertificate.Publish(newer, folder.Path);

        using var read = X509CertificateLoader.LoadCertificateFromFile(path);
        Assert.Equal(newer.Certificate.Thumbprint, read.Thumbprint);
    }

    [Fact]
    public void Publish_NoFolder_CreatesATemporaryOne()
    {
        var authority = EphemeralCertificate.Create(Now).Authority;

        var path = EphemeralCertificate.Publish(authority, directory: null);

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
    public void Publish_FolderIsAFile_ThrowsConfigurationException()
    {
        var authority = EphemeralCertificate.Create(Now).Authority;
        var file = folder.Write("taken", "a file");

        var message = Assert.Throws<ConfigurationException>(() => EphemeralCertificate.Publish(authority, file)).Message;

        Assert.StartsWith($"--tls-dir: '{file}' cannot be written to: ", message, StringComparison.Ordinal);
    }
}
