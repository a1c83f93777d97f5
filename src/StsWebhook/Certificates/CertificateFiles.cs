using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// Serves the certificate in a folder, and whatever takes its place there. It looks instead of listening, as
/// <see cref="SettingsWatcher"/> does. What cannot be used is logged once, and the last good pair stays.
/// </summary>
internal sealed class CertificateFiles(
    string folder, ServingCertificate serving, TimeProvider time, ILogger<CertificateFiles> log) : BackgroundService
{
    /// <summary>Where a Secret of certificates is mounted, unless the settings say another folder.</summary>
    public const string DefaultFolder = "/etc/sts-webhook/tls";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private string? seen;

    /// <summary>Looks at the files, and uses what is new in them.</summary>
    public void Look()
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

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            Look();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>Whether what was found differs from what was found before. Its hash is kept, not the key.</summary>
    private bool IsNew(string found)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(found)));
        var isNew = hash != seen;
        seen = hash;
        return isNew;
    }

    private static DateTimeOffset? ExpiryOf(string? authority) =>
        authority is not null && CertificatePair.TryParseAll(authority, out var found) ? found[0].Expiry() : null;
}
