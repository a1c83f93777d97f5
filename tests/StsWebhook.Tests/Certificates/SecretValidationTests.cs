using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

/// <summary>Which CAs of the Secret may be used.</summary>
public sealed class SecretValidationTests
{
    private const string Untrusted = "is a CA that neither this replica nor a webhook configuration trusts";

    private static readonly DateTimeOffset Now = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ManagedCertificates ours = Create();
    private readonly ManagedCertificates other = Create();

    [Fact]
    public void Validate_FirstCa_IsUsed()
    {
        var result = Validate(ours);

        Assert.Same(ours, result.Certificates);
        Assert.Empty(result.Reason);
    }

    [Fact]
    public void Validate_KnownOrTrustedByAConfiguration_IsUsed()
    {
        var stored = ours with { Next = CertificateAuthority.Create(Now), Retired = [other.Current.Certificate] };

        Assert.Same(stored, Validate(stored, known: stored).Certificates);
        Assert.Same(stored, Validate(stored, trusted: [.. stored.Trusted]).Certificates);
        Assert.Same(stored, Validate(stored, known: ours, trusted: [stored.Next!.Certificate, other.Current.Certificate]).Certificates);
    }

    [Fact]
    public void Validate_CaThatNobodyTrusts_IsNotUsed()
    {
        Assert.Equal((null, "ca.crt " + Untrusted), Outcome(Validate(other, known: ours)));
        Assert.Equal((null, "ca.crt " + Untrusted), Outcome(Validate(other, trusted: [ours.Current.Certificate])));
    }

    [Fact]
    public void Validate_NoConfigurationEverRead_UsesTheSecret()
    {
        var result = SecretValidation.Validate(
            new SecretValidation.Observed(other, ours, [], RevokedAuthorities.None) { HasConfigurations = false });

        Assert.Same(other, result.Certificates);
    }

    [Fact]
    public void Validate_NextOrRetiredCaThatNobodyTrusts_IsRemoved()
    {
        var stored = ours with { Next = other.Current, Retired = [Create().Current.Certificate, Create().Current.Certificate] };

        var result = Validate(stored, known: ours);

        Assert.Equal($"next-ca.crt {Untrusted}, retired-ca.crt {Untrusted}", result.Reason);
        Assert.False(result.IsRevocation);
        Assert.Null(result.Certificates!.Next);
        Assert.Empty(result.Certificates.Retired);
        Assert.Same(ours.Current, result.Certificates.Current);
    }

    [Fact]
    public void Validate_TrustedCaWithAnotherProfile_IsNotUsed()
    {
        var lasting = ForgedCertificate.Authority(Now, lifetime: TimeSpan.FromDays(95 * 365));

        var result = Validate(ours with { Retired = [lasting.Certificate] }, known: ours, trusted: [lasting.Certificate]);

        Assert.Equal("retired-ca.crt is not a CA as this program creates them", result.Reason);
        Assert.Empty(result.Certificates!.Retired);
        Assert.Empty(result.TrustedByClients);
    }

    [Fact]
    public void Validate_RevokedCa_IsForgottenEverywhere()
    {
        var stored = ours with { Next = CertificateAuthority.Create(Now) };

        var result = Validate(stored, known: stored, trusted: [.. stored.Trusted], revoked: [ours.Current.Certificate]);

        Assert.True(result.IsRevocation);
        Assert.Null(result.Certificates);
        Assert.Null(result.Known);
        Assert.Empty(result.TrustedByClients);
        Assert.True(result.Revoked.Contains(stored.Next!.Certificate), "its key was in the same Secret");
    }

    [Fact]
    public void Validate_RetiredCaRevoked_OnlyThatOneIsRemoved()
    {
        var stored = ours with { Retired = [other.Current.Certificate] };

        var result = Validate(stored, known: stored, trusted: [.. stored.Trusted], revoked: [other.Current.Certificate]);

        Assert.True(result.IsRevocation);
        Assert.Same(ours.Current, result.Certificates!.Current);
        Assert.Empty(result.Certificates.Retired);
        Assert.Empty(result.Known!.Retired);
        Assert.Equal(ours.Current.Certificate.Thumbprint, Assert.Single(result.TrustedByClients).Thumbprint);
    }

    /// <summary>The annotation must not be a way to add a CA: a client that writes it can write the CA too.</summary>
    [Fact]
    public void Validate_OursRevokedAndAnotherStored_TheOtherIsNotUsed() =>
        Assert.Equal(
            (null, "ca.crt " + Untrusted),
            Outcome(Validate(other, known: ours, trusted: [ours.Current.Certificate], revoked: [ours.Current.Certificate])));

    private static ManagedCertificates Create() => Rotation.Decide(new Rotation.Input(Now, ["a.example"])).Certificates;

    private static (ManagedCertificates? Certificates, string Reason) Outcome(SecretValidation.Accepted result) =>
        (result.Certificates, result.Reason);

    private static SecretValidation.Accepted Validate(
        ManagedCertificates? stored,
        ManagedCertificates? known = null,
        X509Certificate2[]? trusted = null,
        X509Certificate2[]? revoked = null) =>
        SecretValidation.Validate(new SecretValidation.Observed(
            stored, known, trusted ?? [], RevokedAuthorities.None.And(revoked ?? [])));
}
