using Microsoft.Extensions.Logging;
using StsWebhook.Certificates.Tls;
using StsWebhook.Certificates.X509;
using StsWebhook.Files;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates.Files;

/// <summary>
/// Serves the certificate that a folder holds and replaces it when the files change. An unusable certificate is logged
/// once per change, and the last usable pair stays in use.
/// </summary>
internal sealed class CertificateFiles(
    string folder, ServingCertificate serving, TimeProvider time, ILogger<CertificateFiles> log) : FilePoller(time)
{
    private readonly PolledFile certificateFile = new(Path.Combine(folder, "tls.crt"));
    private readonly PolledFile keyFile = new(Path.Combine(folder, "tls.key"));
    private readonly PolledFile authorityFile = new(Path.Combine(folder, "ca.crt"));

    /// <inheritdoc/>
    public override void Poll()
    {
        var (certificates, key, authority) = (certificateFile.Read(), keyFile.Read(), authorityFile.Read());
        if (!certificates.HasChanged && !key.HasChanged && !authority.HasChanged)
        {
            return;
        }

        // ca.crt is optional: a Secret of type kubernetes.io/tls need not have it.
        if ((certificates.Error ?? key.Error ?? (authority.IsMissing ? null : authority.Error)) is { } unreadable)
        {
            log.CertificateRejected(folder, unreadable.Message);
            return;
        }

        if (!CertificatePair.TryParse("tls", certificates.Text!, key.Text!, out var pair, out var error))
        {
            log.CertificateRejected(folder, error);
            return;
        }

        serving.Use(pair, ExpiryOf(authority.Text));
        log.CertificateLoaded(folder, pair.Leaf.Subject, pair.Leaf.Expiry());
    }

    private static DateTimeOffset? ExpiryOf(string? authorities) =>
        authorities is not null && CertificatePair.TryParseAll(authorities, out var found) ? found[0].Expiry() : null;
}
