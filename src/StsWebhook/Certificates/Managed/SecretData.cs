using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using StsWebhook.Certificates.X509;
using StsWebhook.Core.Json;

namespace StsWebhook.Certificates.Managed;

/// <summary>
/// Reads and writes certificates as the <c>data</c> of a Secret. <c>tls.crt</c>, <c>tls.key</c> and <c>ca.crt</c> are the
/// keys that other programs expect in a Secret of certificates.
/// </summary>
internal static class SecretData
{
    private const string ServingName = "tls";
    private const string CurrentName = "ca";
    private const string NextName = "next-ca";
    private const string RetiredName = "retired-ca";

    /// <summary>Reads the data of a Secret. An empty one is valid.</summary>
    /// <param name="data">The <c>data</c> of the Secret; undefined if it has none.</param>
    /// <param name="found">The certificates; null if the Secret is empty or invalid.</param>
    /// <param name="error">Which key is missing or invalid. Quotes nothing of the data.</param>
    public static bool TryRead(JsonElement data, out ManagedCertificates? found, [NotNullWhen(false)] out string? error)
    {
        found = null;
        error = null;
        if (!data.Members().Any())
        {
            return true;
        }

        CertificateAuthority? next = null;
        X509Certificate2Collection retired = [];
        if (!TryReadPair(data, ServingName, out var serving, out error)
            || !TryReadAuthority(data, CurrentName, out var current, out error)
            || (Has(data, NextName) && !TryReadAuthority(data, NextName, out next, out error)))
        {
            return false;
        }

        if (Has(data, RetiredName) && !CertificatePair.TryParseAll(Text(data, RetiredName + ".crt"), out retired))
        {
            error = $"{RetiredName}.crt does not contain valid certificates";
            return false;
        }

        found = new ManagedCertificates(current, serving) { Next = next, Retired = [.. retired] };
        return true;
    }

    /// <summary>Writes certificates as the value of <c>data</c>.</summary>
    /// <param name="json">The writer, at the value.</param>
    /// <param name="certificates">The certificates.</param>
    /// <param name="isPatch">Whether the value is a merge patch, in which null deletes a key.</param>
    public static void Write(Utf8JsonWriter json, ManagedCertificates certificates, bool isPatch)
    {
        json.WriteStartObject();
        WritePair(ServingName, certificates.Serving.CertificatesPem, certificates.Serving.Leaf);
        WritePair(CurrentName, certificates.Current.Certificate.ExportCertificatePem(), certificates.Current.Certificate);
        WritePair(NextName, certificates.Next?.Certificate.ExportCertificatePem(), certificates.Next?.Certificate);
        WriteText(RetiredName + ".crt", certificates.Retired is { Count: > 0 } retired
            ? string.Join('\n', retired.Select(c => c.ExportCertificatePem()))
            : null);
        json.WriteEndObject();

        void WritePair(string name, string? certificates, X509Certificate2? leaf)
        {
            WriteText(name + ".crt", certificates);
            using var key = leaf?.GetECDsaPrivateKey();
            WriteText(name + ".key", key?.ExportPkcs8PrivateKeyPem());
        }

        void WriteText(string key, string? text)
        {
            if (text is not null)
            {
                json.WriteBase64String(key, Encoding.UTF8.GetBytes(text));
            }
            else if (isPatch)
            {
                json.WriteNull(key);
            }
        }
    }

    private static bool TryReadPair(
        JsonElement data, string name, [NotNullWhen(true)] out CertificatePair? pair, [NotNullWhen(false)] out string? error)
    {
        if (!CertificatePair.TryParse(name, Text(data, name + ".crt"), Text(data, name + ".key"), out pair, out error))
        {
            return false;
        }

        using var key = pair.Leaf.GetECDsaPrivateKey();
        error = key is null ? $"{name}.key is not an ECDSA key" : null;
        return error is null;
    }

    private static bool TryReadAuthority(
        JsonElement data,
        string name,
        [NotNullWhen(true)] out CertificateAuthority? authority,
        [NotNullWhen(false)] out string? error)
    {
        authority = null;
        if (!TryReadPair(data, name, out var pair, out error))
        {
            return false;
        }

        if (!CertificateProfile.IsAuthority(pair.Leaf))
        {
            error = $"{name}.crt is not a CA as this program creates them";
            return false;
        }

        authority = new CertificateAuthority(pair.Leaf);
        return true;
    }

    private static bool Has(JsonElement data, string name) => Text(data, name + ".crt").Length > 0;

    /// <summary>The decoded value of a key; empty if the key is missing or its value is not base64.</summary>
    private static string Text(JsonElement data, string key) =>
        data.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes)
            ? Encoding.UTF8.GetString(bytes)
            : string.Empty;
}
