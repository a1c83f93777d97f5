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
    public void Make_NothingToDo_IsWhatIsStored()
    {
        var plan = Rotation.Decide(At(19) with { Stored = first, Known = first });

        Assert.Same(first, plan.Certificates);
        Assert.Empty(plan.Reason);
    }

    [Theory]
    [InlineData(0, 19.9, 20.1)]
    [InlineData(1, 20.9, 21.1)]
    public void Make_ServingCertificate_IsRenewedAfterTwoThirdsAndJitter(double jitter, double before, double after)
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
    public void Make_Authority_GetsASuccessorThatDoesNotSignYet(double jitter, double before, double after)
    {
        Assert.Null(Rotation.Decide(At(before) with { Stored = first, Jitter = jitter }).Certificates.Next);

        var prepared = Rotation.Decide(At(after) with { Stored = first, Jitter = jitter }).Certificates;

        Assert.NotNull(prepared.Next);
        Assert.True(first.Current.HasIssued(prepared.Serving.Leaf));
        Assert.Equal(2, prepared.Trusted.Count());
        Assert.Same(prepared, Rotation.Decide(At(after + 5) with { Stored = prepared, Jitter = jitter }).Certificates);
    }

    [Fact]
    public void Make_SuccessorIsTrusted_SignsAndTheOldKeyIsGone()
    {
        var prepared = Rotation.Decide(At(250) with { Stored = first }).Certificates;

        var promoted = Rotation.Decide(At(251) with { Stored = prepared, IsNextTrusted = true }).Certificates;

        Assert.Equal(prepared.Next, promoted.Current);
        Assert.Null(promoted.Next);
        Assert.True(promoted.Current.HasIssued(promoted.Serving.Leaf));
        Assert.False(Assert.Single(promoted.Retired).HasPrivateKey);
        Assert.Equal(first.Current.Certificate.Thumbprint, promoted.Retired[0].Thumbprint);
    }

    [Fact]
    public void Make_SuccessorIsNeverTrusted_SignsWhenTheOldOneHasExpired()
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
    public void Make_RetiredAuthority_LeavesADayAfterItExpired(double day, int trusted)
    {
        var prepared = Rotation.Decide(At(250) with { Stored = first }).Certificates;
        var promoted = Rotation.Decide(At(251) with { Stored = prepared, IsNextTrusted = true }).Certificates;

        // Who knows it does not bring it back.
        var plan = Rotation.Decide(At(day) with { Stored = promoted, Known = promoted }).Certificates;

        Assert.Equal(trusted, plan.Trusted.Count());
    }

    [Fact]
    public void Make_SecretWithoutAnAuthorityThatIsKnown_TrustsBoth()
    {
        var other = Rotation.Decide(At(5)).Certificates;

        var plan = Rotation.Decide(At(6) with { Stored = other, Known = first });

        Assert.Equal(other.Current, plan.Certificates.Current);
        Assert.Same(other.Serving, plan.Certificates.Serving);
        Assert.Contains(first.Current.Certificate.Thumbprint, plan.Certificates.Retired.Select(c => c.Thumbprint), StringComparer.Ordinal);
    }

    [Fact]
    public void Make_NothingStored_KeepsOfTheTrustedOnlyOurOwn()
    {
        var foreign = EphemeralCertificate.Create(Start).Serving.Leaf;

        var plan = Rotation.Decide(At(5) with { TrustedByClients = [foreign, first.Current.Certificate, first.Current.Certificate] });

        Assert.Equal(first.Current.Certificate.Thumbprint, Assert.Single(plan.Certificates.Retired).Thumbprint);
    }

    private static Rotation.Input At(double day) => new(Start.AddDays(day), Names);
}
