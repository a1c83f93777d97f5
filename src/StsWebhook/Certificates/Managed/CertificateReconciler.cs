using Microsoft.Extensions.Logging;
using StsWebhook.Certificates.Tls;
using StsWebhook.Certificates.X509;
using StsWebhook.Cluster;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates.Managed;

/// <summary>
/// Brings Secret, webhook configurations and served certificate to the desired state. Every replica does so, without a
/// leader: <see cref="Rotation"/> decides on what was just read, and each write is for the version that was read.
/// </summary>
/// <param name="secret">Stores the certificates.</param>
/// <param name="configurations">The webhook configurations, which have to trust the certificates.</param>
/// <param name="serving">The certificate of the admission port.</param>
/// <param name="clock">The API server's clock, which determines whether certificates are valid.</param>
/// <param name="trigger">Signalled when Secret or configurations change.</param>
/// <param name="names">The host names and IP addresses that the serving certificate must have.</param>
/// <param name="jitter">A random number of this replica, from 0 to 1.</param>
/// <param name="time">This machine's clock, for waits.</param>
/// <param name="log">Receives changes and failures.</param>
internal sealed class CertificateReconciler(
    CertificateSecret secret,
    WebhookConfigurations configurations,
    ServingCertificate serving,
    ServerClock clock,
    ReconcileTrigger trigger,
    IReadOnlyList<string> names,
    double jitter,
    TimeProvider time,
    ILogger<CertificateReconciler> log) : SupervisedLoop(time)
{
    /// <summary>Reconciles without a signal as well: certificates become due, and a watch may miss a change.</summary>
    private static readonly TimeSpan ResyncInterval = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Backs off when another controller keeps overwriting <c>caBundle</c>.</summary>
    private readonly Backoff overwritten = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));

    private readonly NextCaTrustTimer nextCaTrust = new();
    private readonly UnscheduledRotationLimiter unscheduledRotations = new(time, log);

    /// <summary>The certificates seen or written last, to restore a lost Secret.</summary>
    private ManagedCertificates? known;

    /// <summary>Reads the current state and does what is missing for the desired one.</summary>
    public async Task<ReconcileResult> ReconcileAsync(CancellationToken cancellation)
    {
        // Configurations first. If the Secret were read first, a replica that is slow between the two could find a bundle that
        // is newer than its Secret, and overwrite it. In this order, a newer bundle was written after the configuration was
        // read, and the patch fails on the version.
        var found = await configurations.ReadAsync(cancellation).ConfigureAwait(false);
        var stored = await secret.ReadAsync(cancellation).ConfigureAwait(false);
        var now = clock.Now;
        clock.LogDifference(log);
        if (stored.Error is { } error)
        {
            log.SecretInvalid(secret.Name, error);
        }

        var decision = Rotation.Decide(new Rotation.Input(now, names)
        {
            Stored = stored.Certificates,
            Known = known,
            IsNextTrusted = nextCaTrust.IsElapsed(stored.Certificates, found, now),
            TrustedByClients = WebhookConfigurations.TrustedBy(found),
            Jitter = jitter,
        });
        var (certificates, written) = await StoreAsync(decision, stored, cancellation).ConfigureAwait(false);
        if (certificates is null)
        {
            return written;
        }

        known = certificates;
        var trusted = await TrustAndServeAsync(found, certificates, now, cancellation).ConfigureAwait(false);
        if (trusted <= ReconcileResult.Updated)
        {
            nextCaTrust.Start(certificates, now);
        }

        return trusted > written ? trusted : written;
    }

    /// <inheritdoc/>
    protected override async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        cancellation.CancelAfter(Timeout);
        var result = await ReconcileAsync(cancellation.Token).ConfigureAwait(false);
        Recover();
        if (result == ReconcileResult.Unchanged)
        {
            overwritten.Reset();
        }
        else
        {
            // Also after a successful write: another controller may answer each of them with a write of its own.
            await Task.Delay(overwritten.Next(), Time, stoppingToken).ConfigureAwait(false);
        }

        if (result <= ReconcileResult.Updated)
        {
            await trigger.WaitAsync(ResyncInterval, stoppingToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <inheritdoc/>
    protected override void LogFailure(string reason) => log.RotationFailed(reason);

    /// <summary>Of the Secret: <see cref="WebhookConfigurations"/> logs its own missing permissions.</summary>
    protected override void LogForbidden(string reason) =>
        log.PermissionMissing("secrets", $"get, list, watch and patch {secret.Name}, and to create it,", reason);

    /// <inheritdoc/>
    protected override void LogUnauthorized(string reason) => LogFailure(reason);

    /// <summary>Writes the decided certificates to the Secret. Returns null in place of certificates after a conflict.</summary>
    private async Task<(ManagedCertificates? Certificates, ReconcileResult Result)> StoreAsync(
        Rotation.Result decision, CertificateSecret.Snapshot stored, CancellationToken cancellation)
    {
        var certificates = decision.Certificates;
        if (ReferenceEquals(certificates, stored.Certificates))
        {
            return (certificates, ReconcileResult.Unchanged);
        }

        if (decision.IsUnscheduled && !unscheduledRotations.TryAcquire(decision.Reason))
        {
            return (stored.Certificates, ReconcileResult.Unchanged);
        }

        if (!await secret.TryWriteAsync(stored, certificates, cancellation).ConfigureAwait(false))
        {
            return (null, ReconcileResult.Conflict);
        }

        log.CertificatesWritten(decision.Reason, certificates.Serving.Leaf.Expiry(), certificates.Current.Certificate.Expiry());
        return (certificates, ReconcileResult.Updated);
    }

    /// <summary>
    /// Makes the configurations trust the CAs, and then serves the certificate that they signed. If that fails, and not
    /// because another writer was faster, the served certificate stays, unless it is missing or no longer valid.
    /// </summary>
    private async Task<ReconcileResult> TrustAndServeAsync(
        IReadOnlyList<WebhookConfigurations.Configuration?> found,
        ManagedCertificates certificates,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (serving.Leaf?.Issuer == certificates.Current.Certificate.Subject)
        {
            // Clients trust this CA already, since it signed the served certificate.
            Serve(certificates);
        }

        var isUrgent = serving.Leaf is not { } leaf || !leaf.IsValidAt(now);
        try
        {
            var result = await configurations.UpdateCaBundlesAsync(found, certificates.Bundle, cancellation).ConfigureAwait(false);
            if (result <= ReconcileResult.Updated || (isUrgent && result == ReconcileResult.Forbidden))
            {
                Serve(certificates);
            }

            return result;
        }
        catch (Exception) when (isUrgent)
        {
            Serve(certificates);
            throw;
        }
    }

    private void Serve(ManagedCertificates certificates)
    {
        if (serving.Leaf?.Thumbprint != certificates.Serving.Leaf.Thumbprint)
        {
            serving.Use(certificates.Serving, certificates.Current.Certificate.Expiry());
        }
    }
}
