using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;

namespace StsWebhook.Certificates.Managed;

/// <summary>
/// Decides which CAs of the Secret may be used. A writer of the Secret must not be able to add a CA to the bundle, so a
/// CA is used only if this replica or a webhook configuration trusts it already, or if it is the first one. Revoked CAs are
/// never used. A pure function of its <see cref="Observed"/>.
/// </summary>
internal static class SecretValidation
{
    /// <summary>Removes what may not be used from the content of the Secret and from what this replica knows.</summary>
    public static Accepted Validate(Observed input)
    {
        var revoked = RevokedBy(input);
        var byClients = input.TrustedByClients.Where(CertificateProfile.IsAuthority).ToArray();
        var isFirst = !input.HasConfigurations || (input.Known is null && byClients.Length == 0);
        var trusted = byClients.Concat(input.Known?.Trusted ?? []).Select(c => c.Thumbprint).ToHashSet(StringComparer.Ordinal);
        var result = new Accepted(Usable(input.Known), [.. byClients.Where(c => !revoked.Contains(c))], revoked);
        if (input.Stored is not { } stored)
        {
            return result;
        }

        var problems = new List<(string Name, string Problem, bool IsRevoked)>();
        var certificates = IsUsable("ca.crt", stored.Current.Certificate) ? stored : null;
        if (stored.Next is { } next && !IsUsable("next-ca.crt", next.Certificate) && certificates is not null)
        {
            certificates = certificates with { Next = null };
        }

        var retired = stored.Retired.Where(c => IsUsable("retired-ca.crt", c)).ToArray();
        if (retired.Length < stored.Retired.Count && certificates is not null)
        {
            certificates = certificates with { Retired = retired };
        }

        return result with
        {
            Certificates = certificates,
            Reason = string.Join(", ", problems.Select(p => $"{p.Name} {p.Problem}").Distinct(StringComparer.Ordinal)),
            IsRevocation = problems.Exists(p => p.IsRevoked),
        };

        bool IsUsable(string name, X509Certificate2 certificate)
        {
            var problem = revoked.Contains(certificate) ? "is revoked"
                : !CertificateProfile.IsAuthority(certificate) ? "is not a CA as this program creates them"
                : isFirst || trusted.Contains(certificate.Thumbprint) ? null
                : "is a CA that neither this replica nor a webhook configuration trusts";
            if (problem is not null)
            {
                problems.Add((name, problem, revoked.Contains(certificate)));
            }

            return problem is null;
        }

        ManagedCertificates? Usable(ManagedCertificates? known) => known is null || revoked.Contains(known.Current.Certificate)
            ? null
            : known with
            {
                Next = known.Next is { } next && revoked.Contains(next.Certificate) ? null : known.Next,
                Retired = [.. known.Retired.Where(c => !revoked.Contains(c))],
            };
    }

    /// <summary>The revoked CAs. The key of the next CA is in the same Secret, so it is as public as the key of the CA.</summary>
    private static RevokedAuthorities RevokedBy(Observed input) =>
        input.Stored is { Next: { } next } stored && input.Revoked.Contains(stored.Current.Certificate)
            ? input.Revoked.And([next.Certificate])
            : input.Revoked;

    /// <summary>Everything that the result depends on.</summary>
    /// <param name="Stored">The certificates in the Secret; null if it holds none that can be read.</param>
    /// <param name="Known">The certificates that this replica saw or wrote last; null at its start.</param>
    /// <param name="TrustedByClients">The CAs that the webhook configurations trust at the moment.</param>
    /// <param name="Revoked">The revoked CAs.</param>
    public sealed record Observed(
        ManagedCertificates? Stored,
        ManagedCertificates? Known,
        IReadOnlyList<X509Certificate2> TrustedByClients,
        RevokedAuthorities Revoked)
    {
        /// <summary>
        /// Whether this replica has ever read a webhook configuration. Before that, replicas have nothing to agree on but the
        /// Secret, and no bundle is written.
        /// </summary>
        public bool HasConfigurations { get; init; } = true;
    }

    /// <summary>What may be used.</summary>
    /// <param name="Known">The known certificates without revoked CAs; null if the signing CA is revoked.</param>
    /// <param name="TrustedByClients">The CAs of this program that the configurations trust, without revoked ones.</param>
    /// <param name="Revoked">The revoked CAs.</param>
    public sealed record Accepted(
        ManagedCertificates? Known, IReadOnlyList<X509Certificate2> TrustedByClients, RevokedAuthorities Revoked)
    {
        /// <summary>The stored certificates, the same object if all CAs may be used; null if the signing CA may not.</summary>
        public ManagedCertificates? Certificates { get; init; }

        /// <summary>What was removed and why; empty for nothing.</summary>
        public string Reason { get; init; } = string.Empty;

        /// <summary>
        /// Whether a CA was removed because it is revoked. Otherwise another replica may be about to make the configurations
        /// trust what was removed.
        /// </summary>
        public bool IsRevocation { get; init; }
    }
}
