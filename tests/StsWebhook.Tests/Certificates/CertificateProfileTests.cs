using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

/// <summary>A certificate that Go's crypto/x509 rejects, or that is valid for too long, does not have our profile.</summary>
public sealed class CertificateProfileTests
{
    private static readonly DateTimeOffset Now = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>An extension that permits only names below ".other" (RFC 5280, 4.2.1.10).</summary>
    private static readonly X509Extension NameConstraints = new(
        "2.5.29.30", [0x30, 0x0C, 0xA0, 0x0A, 0x30, 0x08, 0x82, 0x06, .. ".other"u8], critical: true);

    private static readonly X509Extension UnknownCritical = new("1.2.3.4", [0x05, 0x00], critical: true);

    private readonly CertificateAuthority ours = CertificateAuthority.Create(Now);

    [Fact]
    public void IsAuthority_Ours_IsTrue()
    {
        Assert.True(CertificateProfile.IsAuthority(ours.Certificate));
        Assert.True(CertificateProfile.IsAuthority(ForgedCertificate.Authority(Now).Certificate));
        Assert.True(CertificateProfile.IsAuthority(CertificateAuthority.Create(Now.AddMilliseconds(999)).Certificate));
    }

    [Fact]
    public void IsAuthority_AnotherProfile_IsFalse()
    {
        Assert.False(CertificateProfile.IsAuthority(TestChain.Create("a.example").Root));
        Assert.False(CertificateProfile.IsAuthority(ours.Issue(["a.example"], Now).Leaf));
        Assert.False(CertificateProfile.IsAuthority(ForgedCertificate.Authority(Now, X509KeyUsageFlags.CrlSign).Certificate));
        Assert.False(CertificateProfile.IsAuthority(ForgedCertificate.Authority(Now, lifetime: TimeSpan.FromDays(366)).Certificate));
        Assert.False(CertificateProfile.IsAuthority(ForgedCertificate.Authority(Now, curve: ECCurve.NamedCurves.nistP384).Certificate));
        Assert.False(CertificateProfile.IsAuthority(ForgedCertificate.Authority(Now, extensions: NameConstraints).Certificate));
        Assert.False(CertificateProfile.IsAuthority(ForgedCertificate.Authority(Now, extensions: UnknownCritical).Certificate));
    }

    [Fact]
    public void Verifies_CertificateForServers_IsTrue()
    {
        Assert.True(ours.Verifies(ours.Issue(["a.example"], Now)));
        Assert.True(ours.Verifies(ForgedCertificate.Serving(ours, Now, CertificateProfile.ServerAuthentication)));
        Assert.True(ours.Verifies(ForgedCertificate.Serving(ours, Now, use: null)));
    }

    [Fact]
    public void Verifies_CertificateThatClientsReject_IsFalse()
    {
        Assert.False(ours.Verifies(ForgedCertificate.Serving(ours, Now, ForgedCertificate.ClientAuthentication)));
        Assert.False(ours.Verifies(ForgedCertificate.Serving(ours, Now, use: null, lifetime: TimeSpan.FromDays(31))));
        Assert.False(ours.Verifies(ForgedCertificate.Serving(ours, Now, use: null, extensions: UnknownCritical)));
        Assert.False(ours.Verifies(CertificateAuthority.Create(Now).Issue(["a.example"], Now)));
        Assert.False(ours.Verifies(ours.Issue(["a.example"], Now) with { Intermediates = [ours.Certificate] }));
    }

    [Fact]
    public void Verifies_CaCannotSign_IsFalse()
    {
        var crlOnly = ForgedCertificate.Authority(Now, X509KeyUsageFlags.CrlSign);
        var constrained = ForgedCertificate.Authority(Now, extensions: NameConstraints);

        Assert.False(crlOnly.Verifies(ForgedCertificate.Serving(crlOnly, Now, use: null)));
        Assert.False(constrained.Verifies(ForgedCertificate.Serving(constrained, Now, use: null)));
    }
}
