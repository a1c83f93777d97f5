using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// Serves the certificate in a folder, and whatever takes its place there. What cannot be used is logged once, and the
/// last good pair stays.
/// </summary>
internal sealed class CertificateFiles(
    string folder, ServingCertificate serving, TimeProvider time, ILogger<CertificateFiles> log) : PollingFileWatcher(time)
{
    /// <summary>Where a Secret of certificates is mounted, unless the settings say another folder.</summary>
    public const string DefaultFolder = "/etc/sts-webhook/tls";

    /// <inheritdoc/>
    public override void Poll()
    {
        string certificates;
        string key;
        string? authority;
        try
        {
            certificates = File.ReadAllText(Path.Combine(folder, "tls.crt"));
            key = File.ReadAllText(Path.Combine(folder, "tls.key"));
            authority = Path.Combine(folder, "ca.crt") is var path && File.Exists(path) ? File.ReadAllText(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (IsNew(e.Message))
            {
                log.CertificateRefused(folder, e.Message);
            }

            return;
        }

        if (!IsNew($"{certificates}\0{key}\0{authority}"))
        {
            return;
        }

        if (!CertificatePair.TryParse("tls", certificates, key, out var pair, out var error))
        {
            log.CertificateRefused(folder, error);
            return;
        }

        serving.Use(pair, ExpiryOf(authority));
        log.CertificateLoaded(folder, pair.Leaf.Subject, pair.Leaf.Expiry());
    }

    private static DateTimeOffset? ExpiryOf(string? authority) =>
        authority is not null && CertificatePair.TryParseAll(authority, out var found) ? found[0].Expiry() : null;
}
