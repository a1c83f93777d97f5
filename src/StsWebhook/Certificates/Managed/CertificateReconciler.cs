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
/// <param name="drain">
/// Ends the loop at SIGTERM: a replica that ends must not write back what an administrator has just deleted or replaced.
/// </param>
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
    DrainSignal drain,
    ILogger<CertificateReconciler> log) : SupervisedLoop(time, drain.Token)
{
    /// <summary>Reconciles without a signal as well: certificates become due, and a watch may miss a change.</summary>
    private static readonly TimeSpan ResyncInterval = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>Backs off when another controller keeps overwriting <c>caBundle</c>.</summary>
    private readonly Backoff overwritten = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));

    private readonly CertificatePublisher publisher = new(configurations, serving);
    private readonly NextCaTrustTimer nextCaTrust = new();
    private readonly UnscheduledRotationLimiter unscheduledRotations = new(time, log);
    private readonly UntrustedCaTimer untrustedCa = new(time);

    /// <summary>The certificates seen or written last, to restore a lost Secret. Clients can verify the serving certificate.</summary>
    private ManagedCertificates? known;

    /// <summary>All revoked CAs that this replica has seen, in case the Secret is deleted.</summary>
    private RevokedAuthorities revoked = RevokedAuthorities.None;

    private bool hasConfigurations;

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

        hasConfigurations |= found.Any(configuration => configuration is not null);
        revoked = revoked.And(stored.Revoked);
        var valid = SecretValidation.Validate(
            new SecretValidation.Observed(stored.Certificates, known, WebhookConfigurations.TrustedBy(found), revoked)
            {
                HasConfigurations = hasConfigurations,
            });
        revoked = valid.Revoked;
        return IsWaitingForTrust(valid)
            ? await ServeWhileWaitingAsync(found, valid, now, cancellation).ConfigureAwait(false)
            : await ReconcileAsync(found, stored, valid, now, cancellation).ConfigureAwait(false);
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
            await trigger.WaitAsync(untrustedCa.Remaining ?? ResyncInterval, stoppingToken).ConfigureAwait(false);
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

    /// <summary>
    /// Whether the Secret contains a CA that another replica may be about to make the configurations trust. A revocation is
    /// not delayed.
    /// </summary>
    private bool IsWaitingForTrust(SecretValidation.Accepted valid)
    {
        if (valid.Reason.Length == 0 || valid.IsRevocation)
        {
            untrustedCa.Reset();
            return false;
        }

        if (!untrustedCa.IsElapsed())
        {
            return true;
        }

        log.SecretInvalid(secret.Name, valid.Reason);
        return false;
    }

    /// <summary>Serves the last certificates that clients can verify, and leaves the Secret as it is.</summary>
    private async Task<ReconcileResult> ServeWhileWaitingAsync(
        IReadOnlyList<WebhookConfigurations.Configuration?> found,
        SecretValidation.Accepted valid,
        DateTimeOffset now,
        CancellationToken cancellation) =>
        (valid.Known ?? valid.Certificates) is { IsVerifiable: true } usable
            ? await publisher.PublishAsync(found, usable, now, cancellation).ConfigureAwait(false)
            : ReconcileResult.Unchanged;

    private async Task<ReconcileResult> ReconcileAsync(
        IReadOnlyList<WebhookConfigurations.Configuration?> found,
        CertificateSecret.Snapshot stored,
        SecretValidation.Accepted valid,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        var decision = Rotation.Decide(new Rotation.Input(now, names)
        {
            Stored = valid.Certificates,
            Known = valid.Known,
            IsNextTrusted = nextCaTrust.IsElapsed(valid.Certificates, found, now),
            TrustedByClients = valid.TrustedByClients,
            Jitter = jitter,
        });
        var (certificates, written) = await StoreAsync(decision, stored, valid, cancellation).ConfigureAwait(false);
        if (certificates is null)
        {
            return written;
        }

        known = certificates;
        var trusted = await publisher.PublishAsync(found, certificates, now, cancellation).ConfigureAwait(false);
        if (trusted <= ReconcileResult.Updated)
        {
            nextCaTrust.Start(certificates, now);
        }

        return trusted > written ? trusted : written;
    }

    /// <summary>Writes the decided certificates to the Secret. Returns null in place of certificates after a conflict.</summary>
    private async Task<(ManagedCertificates? Certificates, ReconcileResult Result)> StoreAsync(
        Rotation.Result decision,
        CertificateSecret.Snapshot stored,
        SecretValidation.Accepted valid,
        CancellationToken cancellation)
    {
        var certificates = decision.Certificates;
        if (ReferenceEquals(certificates, stored.Certificates))
        {
            return (certificates, ReconcileResult.Unchanged);
        }

        if (decision.IsUnscheduled && !unscheduledRotations.IsAllowed(decision.Reason))
        {
            // The stored certificates may be valid by the clocks of clients, but only if clients can verify them.
            return (valid.Certificates is { IsVerifiable: true } ? valid.Certificates : valid.Known, ReconcileResult.Unchanged);
        }

        if (!await secret.TryWriteAsync(stored, certificates, valid.Revoked, cancellation).ConfigureAwait(false))
        {
            return (null, ReconcileResult.Conflict);
        }

        if (decision.IsUnscheduled)
        {
            unscheduledRotations.Record();
        }

        untrustedCa.Reset();
        log.CertificatesWritten(
            string.Join(", ", new[] { valid.Reason, decision.Reason }.Where(reason => reason.Length > 0)),
            certificates.Serving.Leaf.Expiry(),
            certificates.Current.Certificate.Expiry());
        return (certificates, ReconcileResult.Updated);
    }
}
