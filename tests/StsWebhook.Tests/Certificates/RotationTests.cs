using StsWebhook.Certificates;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using Xunit;

namespace StsWebhook.Tests.Certificates;

/// <summary>Single steps of the rotation; RotationYearTests lets it run.</summary>
public sealed class RotationTests
{
    private static readonly DateTimeOffset Start = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Names = ["a.example"];

    private readonly ManagedCertificates first = Rotation.Decide(new Rotation.Input(Start, Names)).Certificates;

    [Fact]
    public void Decide_NothingDue_ReturnsTheStoredCertificates()
    {
        var decision = Rotation.Decide(At(19) with { Stored = first, Known = first });

        Assert.Same(first, decision.Certificates);
        Assert.Empty(decision.Reason);
    }

    [Theory]
    [InlineData(0, 19.9, 20.1)]
    [InlineData(1, 20.9, 21.1)]
    public void Decide_ServingCertificate_IsRenewedAfterTwoThirdsAndJitter(double jitter, double before, double after)
    {
        Assert.Same(first, Rotation.Decide(At(before) with { Stored = first, Jitter = jitter }).Certificates);

        var renewed = Rotation.Decide(At(after) with { Stored = first, Jitter = jitter });

        Assert.Equal("renewed the serving certificate", renewed.Reason);
        Assert.False(renewed.IsUnscheduled);
        Assert.Equal(first.Current, renewed.Certificates.Current);
        Assert.Equal(Start.AddDays(after + 30), renewed.Certificates.Serving.Leaf.Expiry(), TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData(0, 243, 244)]
    [InlineData(1, 255, 256)]
    public void Decide_CaDue_CreatesTheNextCaThatDoesNotSignYet(double jitter, double before, double after)
    {
        Assert.Null(Rotation.Decide(At(before) with { Stored = first, Jitter = jitter }).Certificates.Next);

        var prepared = Rotation.Decide(At(after) with { Stored = first, Jitter = jitter }).Certificates;

        Assert.NotNull(prepared.Next);
        Assert.True(first.Current.Verifies(prepared.Serving));
        Assert.Equal(2, prepared.Trusted.Count());
        Assert.Same(prepared, Rotation.Decide(At(after + 5) with { Stored = prepared, Jitter = jitter }).Certificates);
    }

    [Fact]
    public void Decide_NextCaTrusted_SignsAndTheOldKeyIsDeleted()
    {
        var prepared = Rotation.Decide(At(250) with { Stored = first }).Certificates;

        var promoted = Rotation.Decide(At(251) with { Stored = prepared, IsNextTrusted = true }).Certificates;

        Assert.Equal(prepared.Next, promoted.Current);
        Assert.Null(promoted.Next);
        Assert.True(promoted.IsVerifiable);
        Assert.False(Assert.Single(promoted.Retired).HasPrivateKey);
        Assert.Equal(first.Current.Certificate.Thumbprint, promoted.Retired[0].Thumbprint);
    }

    [Fact]
    public void Decide_NextCaNeverTrusted_SignsAfterTheOldCaExpired()
    {
        var prepared = Rotation.Decide(At(250) with { Stored = first }).Certificates;
        var late = Rotation.Decide(At(364) with { Stored = prepared }).Certificates;
        Assert.Equal(first.Current, late.Current);
        Assert.Equal(first.Current.Certificate.Expiry(), late.Serving.Leaf.Expiry());

        var promoted = Rotation.Decide(At(365.1) with { Stored = late });

        Assert.Equal(prepared.Next, promoted.Certificates.Current);
        Assert.False(promoted.IsUnscheduled);
    }

    [Theory]
    [InlineData(365.5, 2)]
    [InlineData(366.5, 1)]
    public void Decide_RetiredCa_IsRemovedADayAfterItExpired(double day, int trusted)
    {
        var prepared = Rotation.Decide(At(250) with { Stored = first }).Certificates;
        var promoted = Rotation.Decide(At(251) with { Stored = prepared, IsNextTrusted = true }).Certificates;

        // Who knows it does not bring it back.
        var decision = Rotation.Decide(At(day) with { Stored = promoted, Known = promoted }).Certificates;

        Assert.Equal(trusted, decision.Trusted.Count());
    }

    [Fact]
    public void Decide_SecretLostAKnownCa_TrustsBoth()
    {
        var other = Rotation.Decide(At(5)).Certificates;

        var decision = Rotation.Decide(At(6) with { Stored = other, Known = first });

        Assert.Equal(other.Current, decision.Certificates.Current);
        Assert.Same(other.Serving, decision.Certificates.Serving);
        Assert.Contains(first.Current.Certificate.Thumbprint, decision.Certificates.Retired.Select(c => c.Thumbprint), StringComparer.Ordinal);
    }

    [Fact]
    public void Decide_NothingStored_KeepsOnlyOurCasTrusted()
    {
        var foreign = EphemeralCertificate.Create(Start).Serving.Leaf;

        var decision = Rotation.Decide(At(5) with { TrustedByClients = [foreign, first.Current.Certificate, first.Current.Certificate] });

        Assert.Equal(first.Current.Certificate.Thumbprint, Assert.Single(decision.Certificates.Retired).Thumbprint);
    }

    [Theory]
    [InlineData(-1, "CA not yet valid: created a new one", true)]
    [InlineData(366, "CA expired: created a new one", true)]
    [InlineData(31, "serving certificate expired: issued a new one", true)]
    [InlineData(21, "renewed the serving certificate", false)]
    [InlineData(250, "created the next CA, serving certificate expired: issued a new one", true)]
    public void Decide_StoredCertificatesAtADay_ReturnsReasonAndWhetherItWasUnscheduled(double day, string reason, bool isUnscheduled)
    {
        var decision = Rotation.Decide(At(day) with { Stored = first });

        Assert.Equal((reason, isUnscheduled), (decision.Reason, decision.IsUnscheduled));
    }

    [Fact]
    public void Decide_NothingStored_RestoresTheKnownOrCreates()
    {
        Assert.Equal("created a CA", Rotation.Decide(At(0)).Reason);

        var restored = Rotation.Decide(At(1) with { Known = first });

        Assert.Equal("restored from memory", restored.Reason);
        Assert.Same(first, restored.Certificates);
    }

    [Fact]
    public void Decide_ServingCertificateOfAnotherCa_IssuesANewOne()
    {
        var stored = first with { Serving = Rotation.Decide(At(0)).Certificates.Serving };

        var decision = Rotation.Decide(At(1) with { Stored = stored });

        Assert.Equal(("clients cannot verify the serving certificate: issued a new one", true), (decision.Reason, decision.IsUnscheduled));
        Assert.True(first.Current.Verifies(decision.Certificates.Serving));
    }

    [Fact]
    public void Decide_ServingCertificateOfAnotherCa_RestoresTheKnownOne()
    {
        var stored = first with { Serving = Rotation.Decide(At(0)).Certificates.Serving };

        var decision = Rotation.Decide(At(1) with { Stored = stored, Known = first });

        Assert.Equal(("restored the serving certificate from memory", false), (decision.Reason, decision.IsUnscheduled));
        Assert.Same(first.Serving, decision.Certificates.Serving);
    }

    [Fact]
    public void Decide_ManyRetiredCas_KeepsTheNewestAndComesToRest()
    {
        var retired = Enumerable.Range(0, 20).Select(day => CertificateAuthority.Create(Start.AddDays(day - 30)).Certificate).ToArray();
        var stored = first with { Retired = retired };

        var decision = Rotation.Decide(At(1) with { Stored = stored, Known = stored });

        Assert.Equal("removed surplus CAs from the bundle", decision.Reason);
        Assert.Equal(retired.Reverse().Take(8), decision.Certificates.Retired);
        Assert.Same(
            decision.Certificates,
            Rotation.Decide(At(1) with { Stored = decision.Certificates, Known = stored }).Certificates);
    }

    [Fact]
    public void Decide_NothingStoredAndManyTrustedCas_KeepsTheNewest()
    {
        var trusted = Enumerable.Range(0, 20).Select(_ => CertificateAuthority.Create(Start).Certificate).ToArray();

        Assert.Equal(8, Rotation.Decide(At(1) with { TrustedByClients = trusted }).Certificates.Retired.Count);
    }

    [Fact]
    public void Decide_NameMissing_IssuesACertificateWithAllNames()
    {
        var decision = Rotation.Decide(new Rotation.Input(Start.AddDays(1), ["b.example"]) { Stored = first });

        Assert.Equal(("serving certificate lacks a host name: issued a new one", false), (decision.Reason, decision.IsUnscheduled));
        Assert.Equal(["b.example", "a.example"], Rotation.NamesOf(decision.Certificates.Serving.Leaf));
    }

    [Fact]
    public void Decide_NextCaExpired_IsDropped()
    {
        var prepared = Rotation.Decide(At(244) with { Stored = first }).Certificates;

        var decision = Rotation.Decide(At(244 + 366) with { Stored = prepared });

        Assert.StartsWith("next CA expired before it was trusted, CA expired: created a new one", decision.Reason, StringComparison.Ordinal);
        Assert.Null(decision.Certificates.Next);
    }

    private static Rotation.Input At(double day) => new(Start.AddDays(day), Names);
}
