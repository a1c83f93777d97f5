using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Certificates.Tls;
using StsWebhook.Certificates.X509;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// Serves a certificate for local trials, issued at the start by a CA that signs nothing else. Neither key leaves the
/// process. The certificate is not renewed.
/// </summary>
/// <param name="certificate">The certificate to serve.</param>
/// <param name="path">The file of the CA's certificate.</param>
/// <param name="serving">Receives the certificate.</param>
/// <param name="log">Receives the path.</param>
internal sealed class EphemeralCertificate(
    CertificatePair certificate, string path, ServingCertificate serving, ILogger<EphemeralCertificate> log) : IHostedService
{
    /// <summary>The names of this machine for its own programs.</summary>
    private static readonly string[] Names = ["localhost", "127.0.0.1", "::1"];

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        log.EphemeralCertificate(path);
        serving.Use(certificate, authorityExpiry: null);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Creates a CA and issues a certificate for <c>localhost</c> and the loopback addresses.</summary>
    public static (CertificateAuthority Authority, CertificatePair Serving) Create(DateTimeOffset now)
    {
        var authority = CertificateAuthority.Create(now);
        return (authority, authority.Issue(Names, now));
    }

    /// <summary>Writes the CA's certificate to <c>tls.crt</c>, for clients to trust. Returns the path of the file.</summary>
    /// <param name="authority">The CA.</param>
    /// <param name="directory">The folder, which is created if missing; null for a new temporary one.</param>
    /// <exception cref="ConfigurationException">The folder cannot be written to.</exception>
    public static string Publish(CertificateAuthority authority, string? directory)
    {
        try
        {
            directory = directory is null
                ? Directory.CreateTempSubdirectory("sts-webhook-").FullName
                : Directory.CreateDirectory(directory).FullName;
            var path = Path.Combine(directory, "tls.crt");
            File.WriteAllText(path, authority.Certificate.ExportCertificatePem() + "\n");
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--tls-dir: '{directory}' cannot be written to: {e.Message}");
        }
    }
}
