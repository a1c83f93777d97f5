using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using StsWebhook.Cluster;
using StsWebhook.Output;
using StsWebhook.Settings;

namespace StsWebhook.Certificates.Revocation;

/// <summary>
/// Revokes all CAs of the managed certificates, because their keys may have been read. It writes their serial numbers to
/// the annotation of the Secret. The replicas then create a new CA and remove the old ones from every bundle; this class
/// waits until they have.
/// </summary>
/// <param name="secret">The Secret.</param>
/// <param name="configurations">The webhook configurations.</param>
/// <param name="time">The clock of waits.</param>
internal sealed class CertificateRevocation(CertificateSecret secret, WebhookConfigurations configurations, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly Retries retries = new(time);

    /// <summary>Revokes the CAs and waits for the replicas.</summary>
    /// <exception cref="ConfigurationException">
    /// The Secret cannot be read or written, or contains no CA of this program.
    /// </exception>
    public async Task<RevocationReport> RunAsync(CancellationToken cancellation)
    {
        await AnnotateAsync(cancellation).ConfigureAwait(false);
        var start = time.GetTimestamp();
        while (true)
        {
            var stored = await ReadSecretAsync(cancellation).ConfigureAwait(false);
            var states = await ReadConfigurationsAsync(cancellation).ConfigureAwait(false);
            if (IsDone(stored, states) || time.GetElapsedTime(start) > Patience)
            {
                return Report(stored, states);
            }

            await Task.Delay(PollInterval, time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Adds the CAs to the annotation. If some are revoked already and still in use, an earlier revocation is not complete: it
    /// is continued, so that a repeated command does not revoke what replaces them.
    /// </summary>
    private async Task AnnotateAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var states = await ReadConfigurationsAsync(cancellation).ConfigureAwait(false);
            var stored = await ReadSecretAsync(cancellation).ConfigureAwait(false);
            var authorities = (stored.Certificates?.Trusted ?? [])
                .Concat(TrustedBy(states))
                .Where(CertificateProfile.IsAuthority)
                .ToArray();
            if (authorities.Length == 0)
            {
                throw new ConfigurationException(
                    $"secret {secret.FullName}: contains no CA of this program, and no webhook configuration trusts one: "
                    + $"only certificates of tls 'managed' can be revoked{(stored.Error is { } error
                        ? $" ({error})" : string.Empty)}");
            }

            if (Array.Exists(authorities, stored.Revoked.Contains)
                || await RequestAsync(
                    c => secret.TryWriteAsync(stored, certificates: null, stored.Revoked.And(authorities), c), cancellation)
                    .ConfigureAwait(false))
            {
                return;
            }
        }
    }

    private async Task<CertificateSecret.Snapshot> ReadSecretAsync(CancellationToken cancellation)
    {
        var stored = await RequestAsync(secret.ReadAsync, cancellation).ConfigureAwait(false);
        return stored.Version is not null ? stored : throw new ConfigurationException(
            $"secret {secret.FullName}: does not exist: check the name and the namespace, or start a replica, which creates it");
    }

    private async Task<T> RequestAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellation)
    {
        try
        {
            return await retries.RunAsync(request, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (IsFailure(e))
        {
            throw new ConfigurationException($"secret {secret.FullName}: {e.Message}");
        }
    }

    private async Task<IReadOnlyList<ConfigurationState>> ReadConfigurationsAsync(CancellationToken cancellation)
    {
        var states = new List<ConfigurationState>();
        foreach (var kind in WebhookConfigurations.Kinds)
        {
            try
            {
                var found = await retries.RunAsync(c => configurations.GetAsync(kind, c), cancellation).ConfigureAwait(false);
                states.Add(new ConfigurationState(kind, found, Error: null));
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
            {
                states.Add(new ConfigurationState(kind, Found: null, Error: null));
            }
            catch (Exception e) when (IsFailure(e))
            {
                states.Add(new ConfigurationState(kind, Found: null, e.Message));
            }
        }

        return states;
    }

    private static bool IsFailure(Exception fault) =>
        fault is ApiException or HttpRequestException or IOException or JsonException or TimeoutException;

    private static bool IsDone(CertificateSecret.Snapshot stored, IReadOnlyList<ConfigurationState> states) =>
        IsReplaced(stored) && states.All(state => state.Error is not null || Uses(state, stored));

    private static bool IsReplaced(CertificateSecret.Snapshot stored) =>
        stored.Certificates is { } certificates && !certificates.Trusted.Any(stored.Revoked.Contains);

    /// <summary>Whether a configuration trusts exactly the CAs of the Secret.</summary>
    private static bool Uses(ConfigurationState state, CertificateSecret.Snapshot stored) =>
        state.Found is null || WebhookConfigurations.AllTrust([state.Found], stored.Certificates!.Bundle);

    private static IReadOnlyList<X509Certificate2> TrustedBy(IReadOnlyList<ConfigurationState> states) =>
        WebhookConfigurations.TrustedBy([.. states.Select(state => state.Found)]);

    private RevocationReport Report(CertificateSecret.Snapshot stored, IReadOnlyList<ConfigurationState> states)
    {
        var exitCode = states.Any(state => state.Error is not null) ? ExitCode.Unusable
            : IsDone(stored, states) ? ExitCode.Success
            : ExitCode.Found;
        var revoked = $"secret {secret.FullName}: revoked CAs with the serial numbers {stored.Revoked}";
        return new RevocationReport(
            [
                IsReplaced(stored)
                    ? $"{revoked}; the new CA is {RevokedAuthorities.SerialOf(stored.Certificates!.Current.Certificate)}"
                    : $"{revoked}; no replica has replaced them yet: start one, and run the command again",
                .. states.Select(state =>
                    $"{WebhookConfigurations.ResourceOf(state.Kind)} {configurations.Name}: {Describe(state, stored)}"),
            ],
            exitCode);
    }

    private static string Describe(ConfigurationState state, CertificateSecret.Snapshot stored) =>
        state.Error is { } error ? $"cannot be read: {error}: check that its caBundle contains none of the revoked CAs"
        : state.Found is null ? "does not exist"
        : TrustedBy([state]).Where(stored.Revoked.Contains).Select(RevokedAuthorities.SerialOf).ToArray()
            is { Length: > 0 } remaining
            ? $"still trusts revoked CAs: {string.Join(", ", remaining)}: check the log of the replicas for events 30 and 46"
        : IsReplaced(stored) && Uses(state, stored) ? "trusts only the new CA"
        : "does not trust the new CA yet: check the log of the replicas for events 30 and 46";
}
