using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// The certificate that the admission port shows: swapped whole between two handshakes, so that connections that are
/// open, and those that are about to be, know nothing of it. Kestrel's own reload closes the port for a moment.
/// </summary>
/// <param name="metrics">Tells when it expires.</param>
/// <param name="clients">Who may connect; null for everybody.</param>
internal sealed class ServingCertificate(ServerMetrics metrics, ClientAuthorities? clients)
{
    private volatile SslStreamCertificateContext? current;

    /// <summary>The certificate, or null while there is none.</summary>
    public X509Certificate2? Leaf => current?.TargetCertificate;

    /// <summary>Why no handshake can succeed, or null.</summary>
    public string? NotReadyReason =>
        current is null ? "there is no certificate yet"
        : clients is { Policy: null } ? "the CA of clients is not known yet"
        : null;

    /// <summary>
    /// Shows this certificate from the next handshake on. The one before is not disposed of: handshakes under way hold
    /// it, and the last of them lets go of it.
    /// </summary>
    /// <param name="pair">The certificate, its key, and what is sent with it.</param>
    /// <param name="authorityExpiry">When the certificate of its CA expires, where that is known.</param>
    public void Use(CertificatePair pair, DateTimeOffset? authorityExpiry)
    {
        // Offline: what is sent is what the pair holds, and nothing is fetched.
        current = SslStreamCertificateContext.Create(pair.Leaf, pair.Intermediates, offline: true);
        metrics.CertificateServed(pair.Leaf.Expiry(), authorityExpiry);
    }

    /// <summary>What the server says in the handshake that begins now.</summary>
    /// <exception cref="AuthenticationException">There is no certificate yet, or no CA of clients.</exception>
    public ValueTask<SslServerAuthenticationOptions> ForHandshake(TlsHandshakeCallbackContext handshake)
    {
        if (NotReadyReason is { } obstacle)
        {
            throw new AuthenticationException(obstacle);
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
