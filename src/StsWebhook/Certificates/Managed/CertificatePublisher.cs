using StsWebhook.Certificates.Tls;
using StsWebhook.Certificates.X509;

namespace StsWebhook.Certificates.Managed;

/// <summary>Makes clients trust the managed certificates before they are served. For one caller at a time.</summary>
/// <param name="configurations">The webhook configurations, which have to trust the certificates.</param>
/// <param name="serving">The certificate of the admission port.</param>
internal sealed class CertificatePublisher(WebhookConfigurations configurations, ServingCertificate serving)
{
    /// <summary>
    /// Makes the configurations trust the CAs, and then serves the certificate that they signed. If that fails, and not
    /// because another writer was faster, the served certificate stays, unless it is missing or no longer valid.
    /// </summary>
    public async Task<ReconcileResult> PublishAsync(
        IReadOnlyList<WebhookConfigurations.Configuration?> found,
        ManagedCertificates certificates,
        DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (serving.Leaf?.Issuer == certificates.Current.Certificate.Subject)
        {
            // Clients trust this CA already, since it signed the served certificate.
            Serve(certificates);
        }

        var isUrgent = serving.Leaf is not { } leaf || !leaf.IsValidAt(now);
        try
        {
            var result = await configurations.UpdateCaBundlesAsync(found, certificates.Bundle, cancellation)
                .ConfigureAwait(false);
            if (result <= ReconcileResult.Updated || (isUrgent && result == ReconcileResult.Forbidden))
            {
                Serve(certificates);
            }

            return result;
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
}
