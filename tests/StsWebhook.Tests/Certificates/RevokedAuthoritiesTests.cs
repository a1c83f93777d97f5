using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class RevokedAuthoritiesTests
{
    private readonly CertificateAuthority authority = CertificateAuthority.Create(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData("{0}")]
    [InlineData("00{0}")]
    [InlineData("AB12, {0}")]
    [InlineData("ab12\n{0}\n")]
    public void Parse_SerialNumber_RevokesTheCa(string format)
    {
        var serial = authority.Certificate.SerialNumber;

        Assert.True(RevokedAuthorities.Parse(string.Format(null, format, serial)).Contains(authority.Certificate));
        Assert.True(RevokedAuthorities.Parse(string.Format(null, format, serial.ToLowerInvariant())).Contains(authority.Certificate));
        Assert.True(RevokedAuthorities.Parse(string.Format(null, format, string.Join(':', serial.Chunk(2).Select(c => new string(c)))))
            .Contains(authority.Certificate));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("yes")]
    public void Parse_NoSerialNumber_RevokesNothing(string? value) =>
        Assert.False(RevokedAuthorities.Parse(value).Contains(authority.Certificate));

    [Fact]
    public void ToString_Parsed_ReturnsTheSame()
    {
        var revoked = RevokedAuthorities.Parse("B2,a1").And([authority.Certificate]);

        var read = RevokedAuthorities.Parse(revoked.ToString());

        Assert.True(read.Includes(revoked) && revoked.Includes(read));
        Assert.Contains("A1", revoked.ToString(), StringComparison.Ordinal);
        Assert.Same(revoked, revoked.And(RevokedAuthorities.Parse("A1")));
    }
}
