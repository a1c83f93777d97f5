using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Cluster;
using StsWebhook.Core.Json;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>
/// The webhook configurations by which the API server finds and trusts us. Nothing of them is changed but
/// <c>clientConfig.caBundle</c>, by operations on the version that was read.
/// </summary>
internal sealed class WebhookConfigurations(KubernetesApiClient api, string name, ILogger<WebhookConfigurations> log)
{
    private readonly HashSet<string> awaited = new(StringComparer.Ordinal);
    private readonly HashSet<string> forbidden = new(StringComparer.Ordinal);

    /// <summary>The paths of the kinds.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
        "apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
    ];

    /// <summary>Their name, the same in each kind.</summary>
    public string Name => name;

    /// <summary>Reads those that exist; null in place of one that we have no right to read.</summary>
    public async Task<IReadOnlyList<WebhookConfiguration?>> ReadAsync(CancellationToken cancellation)
    {
        var found = new List<WebhookConfiguration?>();
        foreach (var kind in Kinds)
        {
            try
            {
                using var json = await api.GetAsync($"{kind}/{name}", cancellation).ConfigureAwait(false);
                found.Add(Read(kind, json.RootElement));
                awaited.Remove(kind);
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
            {
                if (awaited.Add(kind))
                {
                    log.ConfigurationAwaited(ResourceOf(kind), name);
                }
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.Forbidden)
            {
                TellForbidden(kind, e);
                found.Add(null);
            }
        }

        return found;
    }

    /// <summary>Lets them trust a bundle, and nothing else, where they do not.</summary>
    /// <param name="found">The configurations, read before the bundle was.</param>
    /// <param name="bundle">CAs as PEM.</param>
    /// <param name="cancellation">Ends the requests.</param>
    public async Task<ReconcileResult> UpdateCaBundlesAsync(
        IReadOnlyList<WebhookConfiguration?> found, string bundle, CancellationToken cancellation)
    {
        var wanted = Encode(bundle);
        var gravest = ReconcileResult.Nothing;
        foreach (var configuration in found)
        {
            var step = configuration is null ? ReconcileResult.Refused
                : configuration.Bundles.All(b => b == wanted) ? ReconcileResult.Nothing
                : await PatchAsync(configuration, wanted, cancellation).ConfigureAwait(false);
            gravest = step > gravest ? step : gravest;
        }

        return gravest;
    }

    /// <summary>Whether all of them trust exactly this.</summary>
    public static bool AllTrust(IReadOnlyList<WebhookConfiguration?> found, string bundle) =>
        Encode(bundle) is var wanted && found.All(c => c is not null && c.Bundles.All(b => b == wanted));

    /// <summary>The CAs that some of them trust, ours or not.</summary>
    public static IReadOnlyList<X509Certificate2> TrustedBy(IReadOnlyList<WebhookConfiguration?> found)
    {
        var trusted = new List<X509Certificate2>();
        foreach (var bundle in found.SelectMany(c => c?.Bundles ?? []).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var bytes = new byte[bundle.Length];
            if (Convert.TryFromBase64String(bundle, bytes, out var length)
                && CertificatePair.TryParseAll(Encoding.UTF8.GetString(bytes.AsSpan(0, length)), out var certificates))
            {
                trusted.AddRange(certificates);
            }
        }

        return trusted;
    }

    private async Task<ReconcileResult> PatchAsync(WebhookConfiguration configuration, string wanted, CancellationToken cancellation)
    {
        try
        {
            await api.PatchAsync(
                $"{configuration.Kind}/{name}?fieldManager=sts-webhook", PatchType.Json, json => Write(json, configuration, wanted), cancellation)
                .ConfigureAwait(false);
            log.BundleWritten(ResourceOf(configuration.Kind), name);
            forbidden.Remove(configuration.Kind);
            return ReconcileResult.Wrote;
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            // Changed or deleted in between.
            return ReconcileResult.Overtaken;
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Forbidden)
        {
            TellForbidden(configuration.Kind, e);
            return ReconcileResult.Refused;
        }
    }

    private void TellForbidden(string kind, ApiException fault)
    {
        if (forbidden.Add(kind))
        {
            log.NotPermitted(ResourceOf(kind), $"get, list, watch and patch {name} of {ResourceOf(kind)}", fault.Message);
        }
    }

    private static WebhookConfiguration Read(string kind, JsonElement json)
    {
        var bundles = new List<string?>();
        foreach (var webhook in json.Member("webhooks"u8).Items())
        {
            bundles.Add(webhook.Member("clientConfig"u8).Text("caBundle"u8));
        }

        var version = json.Member("metadata"u8).Text("resourceVersion"u8) ?? throw new JsonException("metadata.resourceVersion is missing");
        return new WebhookConfiguration(kind, version, bundles);
    }

    /// <summary>The version goes along: with another one than the server's the whole patch is refused with 409.</summary>
    private static void Write(Utf8JsonWriter json, WebhookConfiguration configuration, string wanted)
    {
        json.WriteStartArray();
        Operation("replace", "/metadata/resourceVersion", configuration.Version);
        for (var i = 0; i < configuration.Bundles.Count; i++)
        {
            if (configuration.Bundles[i] != wanted)
            {
                Operation("add", string.Create(CultureInfo.InvariantCulture, $"/webhooks/{i}/clientConfig/caBundle"), wanted);
            }
        }

        json.WriteEndArray();

        void Operation(string op, string path, string value)
        {
            json.WriteStartObject();
            json.WriteString("op"u8, op);
            json.WriteString("path"u8, path);
            json.WriteString("value"u8, value);
            json.WriteEndObject();
        }
    }

    private static string Encode(string bundle) => Convert.ToBase64String(Encoding.ASCII.GetBytes(bundle));

    private static string ResourceOf(string kind) => kind[(kind.LastIndexOf('/') + 1)..];
}
