using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;

namespace StsWebhook.Certificates.Managed;

/// <summary>
/// Decides what the Secret should hold. The life of a CA:
/// <code>
/// day 0             created; signs serving certificates, each valid for 30 days and renewed after 20
/// day 243           the next CA is created, and every webhook configuration trusts both
/// one hour later    the next CA signs; the key of this CA is deleted, its certificate stays trusted
/// day 365           expired, as is everything that it signed; removed from the bundle a day later
/// </code>
/// A pure function of its <see cref="Input"/>.
/// </summary>
internal static class Rotation
{
    /// <summary>Applied in order, each to the result of the steps before it.</summary>
    private static readonly Step[] Steps =
    [
        new("promoted the next CA", IsUnscheduled: false, CanPromoteNext, PromoteNext),
        new("next CA expired before it was trusted", IsUnscheduled: false, IsNextInvalid, (c, _) => c with { Next = null }),
        new("CA not yet valid: created a new one", IsUnscheduled: true, IsCurrentNotYetValid, (_, input) => Create(input)),
        new("CA expired: created a new one", IsUnscheduled: true, IsCurrentExpired, (_, input) => Create(input)),
        new("created the next CA", IsUnscheduled: false, IsNextDue, CreateNext),
        new("removed an expired CA from the bundle", IsUnscheduled: false, HasExpiredRetired, RemoveExpiredRetired),
        new("removed surplus CAs from the bundle", IsUnscheduled: false, HasSurplusRetired, RemoveSurplusRetired),
        new("kept a previous CA trusted", IsUnscheduled: false, HasForgotten, KeepForgotten),
        new("restored the serving certificate from memory", IsUnscheduled: false, CanRestoreServing, RestoreServing),
    ];

    /// <summary>Why a new serving certificate is issued. The first that applies is the reason.</summary>
    private static readonly Check[] ServingChecks =
    [
        new("issued the serving certificate from the new CA", IsUnscheduled: false, IsServingFromRetired),
        new("clients cannot verify the serving certificate: issued a new one", IsUnscheduled: true, IsServingUnverifiable),
        new("serving certificate not yet valid: issued a new one", IsUnscheduled: true, IsServingNotYetValid),
        new("serving certificate expired: issued a new one", IsUnscheduled: true, IsServingExpired),
        new("serving certificate lacks a host name: issued a new one", IsUnscheduled: false, IsNameMissing),
        new("renewed the serving certificate", IsUnscheduled: false, IsServingDue),
    ];

    /// <summary>Decides what the Secret should hold.</summary>
    public static Result Decide(Input input)
    {
        var (certificates, reasons) = input switch
        {
            { Stored: { } stored } => (stored, new List<string>()),
            { Known: { } known } => (known, ["restored from memory"]),
            _ => (Create(input), ["created a CA"]),
        };
        var isUnscheduled = false;
        foreach (var step in Steps)
        {
            if (step.Applies(certificates, input))
            {
                certificates = step.Apply(certificates, input);
                reasons.Add(step.Reason);
                isUnscheduled |= step.IsUnscheduled;
            }
        }

        if (Array.Find(ServingChecks, check => check.Applies(certificates, input)) is { } failed)
        {
            certificates = certificates with { Serving = certificates.Current.Issue(NamesFor(certificates, input), input.Now) };
            reasons.Add(failed.Reason);
            isUnscheduled |= failed.IsUnscheduled;
        }

        return new Result(certificates, string.Join(", ", reasons), isUnscheduled);
    }

    /// <summary>The host names and IP addresses of a serving certificate.</summary>
    public static IReadOnlyList<string> NamesOf(X509Certificate2 leaf) =>
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]
            : [];

    private static bool CanPromoteNext(ManagedCertificates certificates, Input input) =>
        certificates.Next is { } next
        && next.Certificate.IsValidAt(input.Now)
        && (input.IsNextTrusted || !certificates.Current.Certificate.IsValidAt(input.Now));

    private static ManagedCertificates PromoteNext(ManagedCertificates certificates, Input input) => certificates with
    {
        Current = certificates.Next!,
        Next = null,
        Retired = RetiredAuthorities.Newest(
            [RetiredAuthorities.WithoutKey(certificates.Current.Certificate), .. certificates.Retired]),
    };

    private static bool IsNextInvalid(ManagedCertificates certificates, Input input) =>
        certificates.Next is { } next && !next.Certificate.IsValidAt(input.Now);

    private static bool IsCurrentNotYetValid(ManagedCertificates certificates, Input input) =>
        certificates.Current.Certificate.Begin() > input.Now;

    private static bool IsCurrentExpired(ManagedCertificates certificates, Input input) =>
        certificates.Current.Certificate.Expiry() < input.Now;

    private static bool IsNextDue(ManagedCertificates certificates, Input input) =>
        certificates.Next is null && certificates.Current.Certificate.IsDueAt(input.Now, input.Jitter);

    private static ManagedCertificates CreateNext(ManagedCertificates certificates, Input input) =>
        certificates with { Next = CertificateAuthority.Create(input.Now) };

    private static bool HasExpiredRetired(ManagedCertificates certificates, Input input) =>
        certificates.Retired.Any(c => RetiredAuthorities.IsRemovable(c, input.Now));

    private static ManagedCertificates RemoveExpiredRetired(ManagedCertificates certificates, Input input) =>
        certificates with { Retired = [.. certificates.Retired.Where(c => !RetiredAuthorities.IsRemovable(c, input.Now))] };

    private static bool HasSurplusRetired(ManagedCertificates certificates, Input input) =>
        certificates.Retired.Count > RetiredAuthorities.Limit;

    private static ManagedCertificates RemoveSurplusRetired(ManagedCertificates certificates, Input input) =>
        certificates with { Retired = RetiredAuthorities.Newest(certificates.Retired) };

    private static bool HasForgotten(ManagedCertificates certificates, Input input) =>
        RetiredAuthorities.Forgotten(certificates, input.Known, input.Now).Any();

    private static ManagedCertificates KeepForgotten(ManagedCertificates certificates, Input input) => certificates with
    {
        Retired = RetiredAuthorities.Newest(
            [.. certificates.Retired, .. RetiredAuthorities.Forgotten(certificates, input.Known, input.Now)]),
    };

    private static bool IsServingFromRetired(ManagedCertificates certificates, Input input) =>
        certificates.Serving.Leaf.Issuer is var issuer
        && issuer != certificates.Current.Certificate.Subject
        && certificates.Retired.Any(c => c.Subject == issuer);

    private static bool IsServingUnverifiable(ManagedCertificates certificates, Input input) => !certificates.IsVerifiable;

    /// <summary>
    /// Whether the known serving certificate can replace one that clients cannot verify. It creates nothing, so it is not
    /// limited: all replicas that have it restore the same one.
    /// </summary>
    private static bool CanRestoreServing(ManagedCertificates certificates, Input input) =>
        !certificates.IsVerifiable
        && input.Known is { } known
        && certificates.Current.Verifies(known.Serving)
        && known.Serving.Leaf.IsValidAt(input.Now);

    private static ManagedCertificates RestoreServing(ManagedCertificates certificates, Input input) =>
        certificates with { Serving = input.Known!.Serving };

    private static bool IsServingNotYetValid(ManagedCertificates certificates, Input input) =>
        certificates.Serving.Leaf.Begin() > input.Now;

    private static bool IsServingExpired(ManagedCertificates certificates, Input input) =>
        certificates.Serving.Leaf.Expiry() < input.Now;

    private static bool IsNameMissing(ManagedCertificates certificates, Input input) =>
        input.Names.Except(NamesOf(certificates.Serving.Leaf), StringComparer.Ordinal).Any();

    private static bool IsServingDue(ManagedCertificates certificates, Input input) =>
        certificates.Serving.Leaf.IsDueAt(input.Now, input.Jitter);

    /// <summary>
    /// Creates the certificates of an empty cluster. Our CAs that clients trust stay trusted: if the Secret was lost,
    /// other replicas serve what they signed.
    /// </summary>
    private static ManagedCertificates Create(Input input)
    {
        var authority = CertificateAuthority.Create(input.Now);
        return new ManagedCertificates(authority, authority.Issue(input.Names, input.Now))
        {
            Retired = RetiredAuthorities.From(input.TrustedByClients, input.Now),
        };
    }

    /// <summary>
    /// Names are only added until the certificate is due. While replicas with other settings run, each would otherwise put in
    /// its own names and drop those of the others.
    /// </summary>
    private static IReadOnlyCollection<string> NamesFor(ManagedCertificates certificates, Input input)
    {
        var leaf = certificates.Serving.Leaf;
        return certificates.IsVerifiable && !leaf.IsDueAt(input.Now, input.Jitter)
            ? [.. input.Names.Union(NamesOf(leaf), StringComparer.Ordinal)]
            : input.Names;
    }

    /// <summary>Everything that the decision depends on.</summary>
    /// <param name="Now">The time by the API server's clock.</param>
    /// <param name="Names">The host names and IP addresses that the serving certificate must have.</param>
    public sealed record Input(DateTimeOffset Now, IReadOnlyList<string> Names)
    {
        /// <summary>The certificates in the Secret; null if it holds none that can be used.</summary>
        public ManagedCertificates? Stored { get; init; }

        /// <summary>The certificates that this replica saw or wrote last; null at its start.</summary>
        public ManagedCertificates? Known { get; init; }

        /// <summary>Whether every webhook configuration has trusted the stored next CA for an hour.</summary>
        public bool IsNextTrusted { get; init; }

        /// <summary>The CAs that the webhook configurations trust at the moment, without revoked ones.</summary>
        public IReadOnlyList<X509Certificate2> TrustedByClients { get; init; } = [];

        /// <summary>A random number of this replica, from 0 to 1, so that replicas do not renew at the same moment.</summary>
        public double Jitter { get; init; }
    }

    /// <summary>What the Secret should hold.</summary>
    /// <param name="Certificates">The certificates; the same object as the stored ones if nothing changes.</param>
    /// <param name="Reason">Why they change; empty if they do not.</param>
    /// <param name="IsUnscheduled">
    /// Whether the stored certificates are not what a rotation leaves behind: not valid now, or not verifiable. If the API
    /// servers' clocks disagree, replacing them does not help, so the caller limits how often it is done.
    /// </param>
    public sealed record Result(ManagedCertificates Certificates, string Reason, bool IsUnscheduled);

    private sealed record Step(
        string Reason,
        bool IsUnscheduled,
        Func<ManagedCertificates, Input, bool> Applies,
        Func<ManagedCertificates, Input, ManagedCertificates> Apply);

    private sealed record Check(string Reason, bool IsUnscheduled, Func<ManagedCertificates, Input, bool> Applies);
}
