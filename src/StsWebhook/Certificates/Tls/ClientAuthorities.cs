using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using StsWebhook.Certificates.X509;
using StsWebhook.Files;
using StsWebhook.Telemetry;
using StsWebhook.Text;

namespace StsWebhook.Certificates.Tls;

/// <summary>
/// The CAs that client certificates must chain to, read from a file and again when it changes. An unusable file is
/// logged once per change, and the last usable CAs stay in use. Until a usable file was read, every client is rejected.
/// </summary>
internal sealed class ClientAuthorities(string file, TimeProvider time, ILogger<ClientAuthorities> log) : FilePoller(time)
{
    /// <summary>TLS client authentication (RFC 5280, 4.2.1.12).</summary>
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly PolledFile polled = new(file);
    private volatile X509ChainPolicy? policy;

    /// <summary>How client certificates are verified; null until CAs were read. Safe to read from any thread.</summary>
    public X509ChainPolicy? Policy => policy;

    /// <summary>
    /// Accepts a client whose certificate met <see cref="Policy"/>. The connection of any other client is closed without
    /// a TLS alert, so the reason is only in the log.
    /// </summary>
    public bool Admit(object connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        log.ClientRejected(certificate is null
            ? "it has no certificate"
            : LogText.Sanitize($"{certificate.Subject}: {string.Join(", ", chain?.ChainStatus.Select(status => status.Status) ?? [])}"));
        return false;
    }

    /// <inheritdoc/>
    public override void Poll()
    {
        var read = polled.Read();
        if (!read.HasChanged)
        {
            return;
        }

        if (!read.IsRead)
        {
            log.ClientAuthoritiesRejected(file, read.Error.Message);
            return;
        }

        if (!CertificatePair.TryParseAll(read.Text!, out var authorities))
        {
            log.ClientAuthoritiesRejected(file, "it does not contain valid certificates");
            return;
        }

        policy = CreatePolicy(authorities);
        log.ClientAuthoritiesLoaded(file, authorities.Count, authorities.Min(authority => authority.Expiry()));
    }

    /// <summary>
    /// Trusts only the given CAs, for client authentication. Intermediate certificates must come with the handshake:
    /// nothing is downloaded, and the system's trust store is not used.
    /// </summary>
    private static X509ChainPolicy CreatePolicy(X509Certificate2Collection authorities)
    {
        var created = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { new Oid(ClientAuthentication) },
        };
        created.CustomTrustStore.AddRange(authorities);
        return created;
    }
}
