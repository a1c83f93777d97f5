using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Cluster;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// Keeps Secret, webhook configurations and the served certificate in step. Every replica does so, and none leads: each
/// step is decided by <see cref="Rotation"/> on what was just read, and written for the version that was read.
/// </summary>
/// <param name="secret">Where the certificates are.</param>
/// <param name="configurations">Who must trust them.</param>
/// <param name="serving">What the port shows.</param>
/// <param name="clock">The API server's clock.</param>
/// <param name="bell">Rings when Secret or configurations change.</param>
/// <param name="names">The names that the serving certificate must have.</param>
/// <param name="jitter">From 0 to 1, a number of this replica's own.</param>
/// <param name="time">Our own clock, for what is measured from here to here.</param>
/// <param name="log">The log.</param>
internal sealed class CertificateReconciler(
    CertificateSecret secret,
    WebhookConfigurations configurations,
    ServingCertificate serving,
    ServerClock clock,
    ReconcileTrigger bell,
    IReadOnlyList<string> names,
    double jitter,
    TimeProvider time,
    ILogger<CertificateReconciler> log) : BackgroundService
{
    /// <summary>Looked at without a ring as well: certificates come of age, and a watch may be silent.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly Backoff retry = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30));

    /// <summary>Another writer who insists on his <c>caBundle</c> is not to be met without end at full speed.</summary>
    private readonly Backoff rewrite = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));

    private readonly NextCaTrustTimer probation = new();
    private readonly UnscheduledRotationLimiter outOfTurn = new(time, log);
    private ManagedCertificates? known;
    private bool hasToldOfFault;

    /// <summary>Does what is to be done now.</summary>
    public async Task<ReconcileResult> ReconcileAsync(CancellationToken cancellation)
    {
        // Configurations first. Were the Secret read first, a replica that dawdles between the two could find a bundle
        // that is newer than its Secret, and take it for a wrong one. As it is, a newer bundle can only have been
        // written after the configuration was read, and then the version guards it.
        var found = await configurations.ReadAsync(cancellation).ConfigureAwait(false);
        var stored = await secret.ReadAsync(cancellation).ConfigureAwait(false);
        var now = clock.Now;
        clock.LogDifference(log);
        if (stored.Error is { } error)
        {
            log.SecretRefused(secret.Name, error);
        }

        var plan = Rotation.Make(new RotationInput(now, names)
        {
            Stored = stored.Certificates,
            Known = known,
            IsNextTrusted = probation.IsPassed(stored.Certificates, found, now),
            TrustedByClients = WebhookConfigurations.TrustedBy(found),
            Jitter = jitter,
        });
        var (certificates, step) = await CarryOutAsync(plan, stored, cancellation).ConfigureAwait(false);
        if (certificates is null)
        {
            return step;
        }

        known = certificates;
        var trust = await TrustAsync(found, certificates, now, cancellation).ConfigureAwait(false);
        if (trust <= ReconcileResult.Wrote)
        {
            probation.Begin(certificates, now);
        }

        return trust > step ? trust : step;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                limit.CancelAfter(Limit);
                var step = await ReconcileAsync(limit.Token).ConfigureAwait(false);
                retry.Reset();
                hasToldOfFault = false;
                if (step == ReconcileResult.Nothing)
                {
                    rewrite.Reset();
                }
                else
                {
                    await Task.Delay(rewrite.Next(), time, stoppingToken).ConfigureAwait(false);
                }

                if (step <= ReconcileResult.Wrote)
                {
                    await bell.WaitAsync(Interval, stoppingToken).ConfigureAwait(false);
                }
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Whatever it was, also in a plug-in that signs requests: what is served goes on being served.
                TellFault(e);
                await Task.Delay(retry.Next(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Brings the Secret to what was planned; no certificates where it could not be.</summary>
    private async Task<(ManagedCertificates? Certificates, ReconcileResult Step)> CarryOutAsync(
        RotationDecision plan, StoredSecret stored, CancellationToken cancellation)
    {
        var certificates = plan.Certificates;
        if (ReferenceEquals(certificates, stored.Certificates))
        {
            return (certificates, ReconcileResult.Nothing);
        }

        if (plan.IsOutOfTurn && !outOfTurn.Allows(plan.Reason))
        {
            return (stored.Certificates, ReconcileResult.Nothing);
        }

        if (!await secret.TryWriteAsync(stored, certificates, cancellation).ConfigureAwait(false))
        {
            return (null, ReconcileResult.Overtaken);
        }

        log.CertificatesWritten(plan.Reason, certificates.Serving.Leaf.Expiry(), certificates.Current.Certificate.Expiry());
        return (certificates, ReconcileResult.Wrote);
    }

    /// <summary>
    /// Has the configurations trust the CAs, and only then serves what they signed. Where that fails for another reason
    /// than that somebody was faster, what is served stays, unless it is of no use any more.
    /// </summary>
    private async Task<ReconcileResult> TrustAsync(
        IReadOnlyList<WebhookConfiguration?> found, ManagedCertificates certificates, DateTimeOffset now, CancellationToken cancellation)
    {
        if (serving.Leaf?.Issuer == certificates.Current.Certificate.Subject)
        {
            // Of the CA that signed what is served already.
            Serve(certificates);
        }

        var isUrgent = serving.Leaf is not { } leaf || !leaf.IsValidAt(now);
        try
        {
            var step = await configurations.UpdateCaBundlesAsync(found, certificates.Bundle, cancellation).ConfigureAwait(false);
            if (step <= ReconcileResult.Wrote || (isUrgent && step == ReconcileResult.Refused))
            {
                Serve(certificates);
            }

            return step;
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

    /// <summary>Once for each time that it goes wrong, not once for each try.</summary>
    private void TellFault(Exception fault)
    {
        if (hasToldOfFault)
        {
            return;
        }

        hasToldOfFault = true;
        if (fault is ApiException { Status: HttpStatusCode.Forbidden })
        {
            // Of the configurations, those say so that we have no right to.
            log.NotPermitted("secrets", $"get, list, watch and patch {secret.Name}, and to create it,", fault.Message);
        }
        else
        {
            log.CertificatesUnkept(fault is OperationCanceledException ? "no answer in time" : fault.Message);
        }
    }
}
