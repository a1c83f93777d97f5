using System.Net;
using System.Text.Json;
using StsWebhook.Cluster;
using StsWebhook.Core.Json;

namespace StsWebhook.Certificates.Managed;

/// <summary>
/// The Secret that all replicas share. If several write at the same time, one succeeds; the others get a conflict and read
/// what it wrote.
/// </summary>
internal sealed class CertificateSecret(KubernetesApiClient api, string @namespace, string name)
{
    /// <summary>The path of the namespace's Secrets, without a leading slash.</summary>
    public string Collection { get; } = $"api/v1/namespaces/{@namespace}/secrets";

    /// <summary>The name of the Secret.</summary>
    public string Name => name;

    /// <summary>The namespace and the name.</summary>
    public string FullName => $"{@namespace}/{name}";

    /// <summary>Reads the Secret. Without a resourceVersion in the request, the answer is not older than the request.</summary>
    public async Task<Snapshot> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            using var json = await api.GetAsync($"{Collection}/{name}", cancellation).ConfigureAwait(false);
            var metadata = json.RootElement.Member("metadata"u8);
            var version = metadata.Text("resourceVersion"u8)
                ?? throw new JsonException("the Secret has no resourceVersion");
            SecretData.TryRead(json.RootElement.Member("data"u8), out var certificates, out var error);
            var revoked = metadata.Member("annotations"u8).Text(RevokedAuthorities.AnnotationUtf8);
            return new Snapshot(version, certificates, error) { Revoked = RevokedAuthorities.Parse(revoked) };
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return new Snapshot(Version: null, Certificates: null, Error: null);
        }
    }

    /// <summary>Writes certificates and revoked CAs unless the Secret has changed since <paramref name="read"/>.</summary>
    /// <param name="read">The Secret as it was read.</param>
    /// <param name="certificates">The certificates; null to keep the stored ones. A Secret without a version needs some.</param>
    /// <param name="revoked">The revoked CAs, the stored ones among them.</param>
    /// <param name="cancellation">Cancels the request.</param>
    /// <returns>Whether they were written.</returns>
    public async Task<bool> TryWriteAsync(
        Snapshot read, ManagedCertificates? certificates, RevokedAuthorities revoked, CancellationToken cancellation)
    {
        try
        {
            if (read.Version is not null)
            {
                await api.PatchAsync($"{Collection}/{name}", PatchType.Merge, Write, cancellation).ConfigureAwait(false);
            }
            else
            {
                await api.CreateAsync(Collection, Write, cancellation).ConfigureAwait(false);
            }

            return true;
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Conflict
            || (e.Status == HttpStatusCode.NotFound && read.Version is not null))
        {
            // Changed, created or deleted in between.
            return false;
        }

        void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("apiVersion"u8, "v1"u8);
            json.WriteString("kind"u8, "Secret"u8);
            WriteMetadata(json, read, revoked);
            if (certificates is not null)
            {
                json.WritePropertyName("data"u8);
                SecretData.Write(json, certificates, isPatch: read.Version is not null);
            }

            json.WriteEndObject();
        }
    }

    private void WriteMetadata(Utf8JsonWriter json, Snapshot read, RevokedAuthorities revoked)
    {
        json.WriteStartObject("metadata"u8);
        if (read.Version is { } version)
        {
            json.WriteString("resourceVersion"u8, version);
        }
        else
        {
            json.WriteString("name"u8, name);
            json.WriteStartObject("labels"u8);
            json.WriteString("app.kubernetes.io/managed-by"u8, "sts-webhook"u8);
            json.WriteEndObject();
        }

        if (!read.Revoked.Includes(revoked))
        {
            json.WriteStartObject("annotations"u8);
            json.WriteString(RevokedAuthorities.AnnotationUtf8, revoked.ToString());
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>The Secret as it was read.</summary>
    /// <param name="Version">The resourceVersion, which a write has to match; null if there is no such Secret.</param>
    /// <param name="Certificates">The certificates in it; null if there are none that can be used.</param>
    /// <param name="Error">Why its data cannot be used, or null.</param>
    public sealed record Snapshot(string? Version, ManagedCertificates? Certificates, string? Error)
    {
        /// <summary>The CAs that the Secret's annotation revokes.</summary>
        public RevokedAuthorities Revoked { get; init; } = RevokedAuthorities.None;
    }
}
