using System.Net;
using System.Text.Json;
using StsWebhook.Cluster;
using StsWebhook.Core.Json;

namespace StsWebhook.Certificates;

/// <summary>The Secret that all replicas share. Of replicas that write at once, one wins, and the others read what it wrote.</summary>
internal sealed class CertificateSecret(KubernetesApiClient api, string @namespace, string name)
{
    /// <summary>The path of Secrets in the namespace.</summary>
    public string Collection { get; } = $"api/v1/namespaces/{@namespace}/secrets";

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>Reads it as it is now: without a version to read from, the answer is no older than the request.</summary>
    public async Task<StoredSecret> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            using var json = await api.GetAsync($"{Collection}/{name}", cancellation).ConfigureAwait(false);
            var version = json.RootElement.Member("metadata"u8).Text("resourceVersion"u8)
                ?? throw new JsonException("metadata.resourceVersion is missing");
            SecretData.TryRead(json.RootElement.Member("data"u8), out var certificates, out var error);
            return new StoredSecret(version, certificates, error);
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            return new StoredSecret(Version: null, Certificates: null, Error: null);
        }
    }

    /// <summary>Writes certificates, unless somebody else wrote since <paramref name="read"/>.</summary>
    /// <returns>Whether they are written.</returns>
    public async Task<bool> TryWriteAsync(StoredSecret read, ManagedCertificates certificates, CancellationToken cancellation)
    {
        try
        {
            if (read.Version is { } version)
            {
                await api.PatchAsync($"{Collection}/{name}", PatchType.Merge, json => Write(json, version), cancellation)
                    .ConfigureAwait(false);
            }
            else
            {
                await api.CreateAsync(Collection, json => Write(json, version: null), cancellation).ConfigureAwait(false);
            }

            return true;
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Conflict
            || (e.Status == HttpStatusCode.NotFound && read.Version is not null))
        {
            // Changed, made or deleted in between.
            return false;
        }

        void Write(Utf8JsonWriter json, string? version)
        {
            json.WriteStartObject();
            json.WriteString("apiVersion"u8, "v1"u8);
            json.WriteString("kind"u8, "Secret"u8);
            json.WriteStartObject("metadata"u8);
            if (version is null)
            {
                json.WriteString("name"u8, name);
                json.WriteStartObject("labels"u8);
                json.WriteString("app.kubernetes.io/managed-by"u8, "sts-webhook"u8);
                json.WriteEndObject();
            }
            else
            {
                json.WriteString("resourceVersion"u8, version);
            }

            json.WriteEndObject();
            json.WritePropertyName("data"u8);
            SecretData.Write(json, certificates, isPatch: version is not null);
            json.WriteEndObject();
        }
    }
}
