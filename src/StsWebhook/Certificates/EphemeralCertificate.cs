using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// Serves a self-signed certificate for local trials: its key never leaves the process. It is not renewed.
/// </summary>
/// <param name="certificate">The certificate.</param>
/// <param name="path">Where clients find its public part.</param>
/// <param name="serving">Shows it.</param>
/// <param name="log">The log.</param>
internal sealed class EphemeralCertificate(
    X509Certificate2 certificate, string path, ServingCertificate serving, ILogger<EphemeralCertificate> log) : IHostedService
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <summary>Clocks differ.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        log.EphemeralCertificate(path);
        serving.Use(new CertificatePair(certificate, []), authorityExpiry: null);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Makes a certificate for this machine's own names.</summary>
    public static X509Certificate2 Create(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=sts-webhook", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(
            certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        return request.CreateSelfSigned(now - Slack, now + Life);
    }

    /// <summary>Writes the public part as PEM, for clients to trust, and tells the file's path.</summary>
    /// <exception cref="ConfigurationException">The folder cannot be written to.</exception>
    public static string Publish(X509Certificate2 certificate, string? directory)
    {
        try
        {
            directory = directory is null
                ? Directory.CreateTempSubdirectory("sts-webhook-").FullName
                : Directory.CreateDirectory(directory).FullName;
            var path = Path.Combine(directory, "tls.crt");
            File.WriteAllText(path, certificate.ExportCertificatePem() + "\n");
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--tls-dir: '{directory}' cannot be written to: {e.Message}");
        }
    }
}
