using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace StsWebhook.Certificates.X509;

/// <summary>A certificate with its private key, and the certificates between it and its root.</summary>
/// <param name="Leaf">The certificate, with its private key.</param>
/// <param name="Intermediates">The certificates that are sent along with it, in this order.</param>
internal sealed record CertificatePair(X509Certificate2 Leaf, X509Certificate2Collection Intermediates)
{
    private const string CertificateLabel = "CERTIFICATE";

    /// <summary>The certificates as PEM, the leaf first.</summary>
    public string CertificatesPem => string.Concat(Intermediates.Prepend(Leaf).Select(c => c.ExportCertificatePem() + "\n"));

    /// <summary>Reads certificates and a key, as in <c>tls.crt</c> and <c>tls.key</c>.</summary>
    /// <param name="name">The name of both files before the dot, for <paramref name="error"/>.</param>
    /// <param name="certificates">PEM; the first is the leaf.</param>
    /// <param name="key">PEM, not encrypted: PKCS#8, PKCS#1 or SEC1.</param>
    /// <param name="pair">The certificates and the key.</param>
    /// <param name="error">Which file is invalid and why. Quotes nothing of it.</param>
    public static bool TryParse(
        string name,
        string certificates,
        string key,
        [NotNullWhen(true)] out CertificatePair? pair,
        [NotNullWhen(false)] out string? error)
    {
        pair = null;
        error = null;
        if (!TryParseAll(certificates, out var chain))
        {
            error = $"{name}.crt does not contain valid certificates";
            return false;
        }

        try
        {
            var leaf = X509Certificate2.CreateFromPem(certificates, key);
            pair = new CertificatePair(leaf, [.. chain.Skip(1)]);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            error = $"{name}.key does not contain the unencrypted key of the certificate in {name}.crt";
            return false;
        }
    }

    /// <summary>Reads certificates without a key.</summary>
    /// <param name="pem">PEM, one after the other.</param>
    /// <param name="found">The certificates; at least one on success.</param>
    public static bool TryParseAll(string pem, out X509Certificate2Collection found)
    {
        found = [];
        try
        {
            found.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            found.Clear();
        }

        // ImportFromPem ignores a certificate that is cut off, so count the begin markers.
        return found.Count > 0 && found.Count == pem.Split($"-----BEGIN {CertificateLabel}-----").Length - 1;
    }
}
