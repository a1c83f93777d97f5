using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Certificates;

/// <summary>
/// The rotation, one step at a time. Of a CA's life:
/// <code>
/// day 0         made; signs serving certificates, each good for 30 days and renewed after 20
/// day 243       its successor is made, and trusted beside it by every webhook configuration
/// an hour on    the successor signs; the key of this CA is gone, its certificate stays trusted
/// day 365       expired, as is everything that it signed; a day later it leaves the bundle
/// </code>
/// A pure function: the clock, the Secret and the memory of the replica are given to it.
/// </summary>
internal static class Rotation
{
    /// <summary>How long an expired CA stays: without it, two replicas whose clocks differ would take turns.</summary>
    private static readonly TimeSpan Leave = TimeSpan.FromDays(1);

    /// <summary>What the Secret should hold in this situation.</summary>
    public static RotationDecision Make(RotationInput situation)
    {
        var steps = new List<string>();
        var isOutOfTurn = false;
        var certificates = situation.Stored;
        if (certificates is null && situation.Known is { } known)
        {
            steps.Add("restored from memory");
            certificates = known;
        }

        certificates = WithAuthorities(certificates, situation, steps, ref isOutOfTurn);
        certificates = WithRetired(certificates, situation, steps);
        var (why, isWrong) = Fault(certificates, situation);
        if (why is not null)
        {
            steps.Add(why);
            isOutOfTurn |= isWrong;
            certificates = certificates with { Serving = certificates.Current.Issue(NamesFor(certificates, situation), situation.Now) };
        }

        return new RotationDecision(certificates, string.Join(", ", steps), isOutOfTurn);
    }

    /// <summary>Names of a serving certificate.</summary>
    public static IReadOnlyList<string> NamesOf(X509Certificate2 leaf) =>
        leaf.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault() is { } names
            ? [.. names.EnumerateDnsNames(), .. names.EnumerateIPAddresses().Select(address => address.ToString())]
            : [];

    private static ManagedCertificates WithAuthorities(
        ManagedCertificates? certificates, RotationInput situation, List<string> steps, ref bool isOutOfTurn)
    {
        var now = situation.Now;
        if (certificates is null)
        {
            steps.Add("new CA");
            return Begin(situation);
        }

        if (certificates.Next is { } next)
        {
            var isUsable = next.Certificate.IsValidAt(now);
            if (isUsable && (situation.IsNextTrusted || !certificates.Current.Certificate.IsValidAt(now)))
            {
                steps.Add("the next CA signs");
                return certificates with
                {
                    Current = next,
                    Next = null,
                    Retired = [WithoutKey(certificates.Current.Certificate), .. certificates.Retired],
                };
            }

            if (!isUsable)
            {
                steps.Add("the next CA was never trusted in time");
                certificates = certificates with { Next = null };
            }
        }

        var current = certificates.Current.Certificate;
        if (!current.IsValidAt(now))
        {
            steps.Add(current.Begin() > now ? "the CA is from the future: new CA" : "the CA has expired: new CA");
            isOutOfTurn = true;
            return Begin(situation);
        }

        if (certificates.Next is null && current.IsDueAt(now, situation.Jitter))
        {
            steps.Add("next CA made");
            return certificates with { Next = CertificateAuthority.Create(now) };
        }

        return certificates;
    }

    /// <summary>
    /// A first CA. Those of ours that clients trust stay trusted: where the Secret was lost, other replicas serve what
    /// they signed.
    /// </summary>
    private static ManagedCertificates Begin(RotationInput situation)
    {
        var authority = CertificateAuthority.Create(situation.Now);
        return new ManagedCertificates(authority, authority.Issue(situation.Names, situation.Now))
        {
            Retired = [.. situation.TrustedByClients
                .Where(c => CertificateAuthority.IsOurs(c) && c.IsValidAt(situation.Now))
                .DistinctBy(c => c.Thumbprint, StringComparer.Ordinal)],
        };
    }

    /// <summary>Without the CAs that have expired, and with those that this replica knows and somebody forgot.</summary>
    private static ManagedCertificates WithRetired(ManagedCertificates certificates, RotationInput situation, List<string> steps)
    {
        var now = situation.Now;
        if (certificates.Retired.Any(IsOver))
        {
            steps.Add("an expired CA left");
            certificates = certificates with { Retired = [.. certificates.Retired.Where(c => !IsOver(c))] };
        }

        var forgotten = (situation.Known?.Trusted ?? [])
            .Where(c => c.IsValidAt(now))
            .ExceptBy(certificates.Trusted.Select(c => c.Thumbprint), c => c.Thumbprint, StringComparer.Ordinal)
            .Select(WithoutKey)
            .ToArray();
        if (forgotten.Length > 0)
        {
            steps.Add("a CA that signed what may still be served stays trusted");
            certificates = certificates with { Retired = [.. certificates.Retired, .. forgotten] };
        }

        return certificates;

        bool IsOver(X509Certificate2 certificate) => certificate.Expiry() + Leave < now;
    }

    /// <summary>Why the serving certificate is to be issued anew, or null; and whether it should not have come to be.</summary>
    private static (string? Why, bool IsWrong) Fault(ManagedCertificates certificates, RotationInput situation)
    {
        var leaf = certificates.Serving.Leaf;
        return leaf.Issuer != certificates.Current.Certificate.Subject && certificates.Retired.Any(c => c.Subject == leaf.Issuer)
                ? ("serving certificate by the new CA", false)
            : !certificates.Current.HasIssued(leaf) ? ("the serving certificate was not by our CA: a new one", true)
            : leaf.Begin() > situation.Now ? ("the serving certificate is from the future: a new one", true)
            : leaf.Expiry() < situation.Now ? ("the serving certificate has expired: a new one", true)
            : situation.Names.Except(NamesOf(leaf), StringComparer.Ordinal).Any() ? ("serving certificate with other names", false)
            : leaf.IsDueAt(situation.Now, situation.Jitter) ? ("serving certificate renewed", false)
            : (null, false);
    }

    /// <summary>
    /// While replicas with other settings are still there, each would put in its own names and drop the others'; so
    /// names are only added, until the certificate is due anyway.
    /// </summary>
    private static IReadOnlyCollection<string> NamesFor(ManagedCertificates certificates, RotationInput situation)
    {
        var leaf = certificates.Serving.Leaf;
        return certificates.Current.HasIssued(leaf) && !leaf.IsDueAt(situation.Now, situation.Jitter)
            ? [.. situation.Names.Union(NamesOf(leaf), StringComparer.Ordinal)]
            : situation.Names;
    }

    private static X509Certificate2 WithoutKey(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadCertificate(certificate.RawData);
}
