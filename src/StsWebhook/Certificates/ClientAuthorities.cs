using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// The CAs whose clients may send reviews, read from a file, and again whenever it changes. What cannot be used is
/// logged once, and the last good ones stay; as long as there never were any, nobody is let in.
/// </summary>
internal sealed class ClientAuthorities(string file, TimeProvider time, ILogger<ClientAuthorities> log) : PollingFileWatcher(time)
{
    /// <summary>TLS client authentication (RFC 5280, 4.2.1.12).</summary>
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private volatile X509ChainPolicy? policy;

    /// <summary>What a client's certificate must meet; null while there are no CAs yet.</summary>
    public X509ChainPolicy? Policy => policy;

    /// <summary>
    /// Lets in whoever met <see cref="Policy"/>. The others are hung up on without an alert, so that only the log can tell
    /// why.
    /// </summary>
    public bool Admit(object connection, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        log.ClientRefused(certificate is null
            ? "it has no certificate"
            : LogText.Sanitize($"{certificate.Subject}: {string.Join(", ", chain?.ChainStatus.Select(status => status.Status) ?? [])}"));
        return false;
    }

    /// <inheritdoc/>
    public override void Poll()
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (IsNew(e.Message))
            {
                log.ClientAuthoritiesRefused(file, e.Message);
            }

            return;
        }

        if (!IsNew(text))
        {
            return;
        }

        if (!CertificatePair.TryParseAll(text, out var authorities))
        {
            log.ClientAuthoritiesRefused(file, "it holds no certificate, or a broken one");
            return;
        }

        policy = Trusting(authorities);
        log.ClientAuthoritiesLoaded(file, authorities.Count, authorities.Min(authority => authority.Expiry()));
    }

    /// <summary>Nothing but these, for clients, by what the handshake holds: nothing is fetched, and no list of the system counts.</summary>
    private static X509ChainPolicy Trusting(X509Certificate2Collection authorities)
    {
        var trusting = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
            ApplicationPolicy = { new Oid(ClientAuthentication) },
        };
        trusting.CustomTrustStore.AddRange(authorities);
        return trusting;
    }
}
