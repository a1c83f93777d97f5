using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using StsWebhook.Certificates.X509;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates.Tls;

/// <summary>
/// The certificate of the admission port. It is replaced between two handshakes, which neither open connections nor new
/// ones notice; Kestrel's own reload closes the port for a moment. Handshakes read it on any thread, one writer at a time
/// replaces it.
/// </summary>
/// <param name="metrics">Publishes its expiry.</param>
/// <param name="clients">The CAs whose clients may connect; null to let everyone connect.</param>
internal sealed class ServingCertificate(ServerMetrics metrics, ClientAuthorities? clients)
{
    private volatile SslStreamCertificateContext? current;

    /// <summary>The certificate, or null before the first.</summary>
    public X509Certificate2? Leaf => current?.TargetCertificate;

    /// <summary>Why no handshake can succeed, or null.</summary>
    public string? NotReadyReason =>
        current is null ? "the serving certificate is not loaded yet"
        : clients is { Policy: null } ? "the client CA is not loaded yet"
        : null;

    /// <summary>
    /// Serves a certificate from the next handshake on. The previous one is not disposed of, since handshakes in progress
    /// still use it.
    /// </summary>
    /// <param name="pair">The certificate, its key and its intermediates.</param>
    /// <param name="authorityExpiry">When the certificate of its CA expires; null if unknown.</param>
    public void Use(CertificatePair pair, DateTimeOffset? authorityExpiry)
    {
        // Offline: only the certificates of the pair are sent, and none are downloaded.
        current = SslStreamCertificateContext.Create(pair.Leaf, pair.Intermediates, offline: true);
        metrics.CertificateServed(pair.Leaf.Expiry(), authorityExpiry);
    }

    /// <summary>Returns the TLS options of a handshake.</summary>
    /// <exception cref="AuthenticationException">The serving certificate or the client CA is not loaded yet.</exception>
    public ValueTask<SslServerAuthenticationOptions> ForHandshakeAsync(TlsHandshakeCallbackContext handshake)
    {
        if (NotReadyReason is { } reason)
        {
            throw new AuthenticationException(reason);
        }

        return ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = current,
            EnabledSslProtocols = TlsPolicy.Protocols,
            CipherSuitesPolicy = TlsPolicy.Suites,
            AllowRenegotiation = false,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
            ClientCertificateRequired = clients is not null,
            CertificateChainPolicy = clients?.Policy,
            RemoteCertificateValidationCallback = clients is null ? null : clients.Admit,
        });
    }
}
