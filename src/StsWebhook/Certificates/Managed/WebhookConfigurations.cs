using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using StsWebhook.Certificates.X509;
using StsWebhook.Cluster;
using StsWebhook.Core.Json;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates.Managed;

/// <summary>
/// The webhook configurations that make the API server call and trust this program. Only <c>clientConfig.caBundle</c> is
/// changed, by a patch of the version that was read. For one caller at a time.
/// </summary>
internal sealed class WebhookConfigurations(KubernetesApiClient api, string name, ILogger<WebhookConfigurations> log)
{
    private readonly Dictionary<string, OncePerStreak> missing = LatchPerKind();

    /// <summary>Ends when a patch succeeds: permission to read does not imply permission to patch.</summary>
    private readonly Dictionary<string, OncePerStreak> forbidden = LatchPerKind();

    /// <summary>The paths of both kinds, without a leading slash.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations",
        "apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations",
    ];

    /// <summary>The name of both configurations.</summary>
    public string Name => name;

    /// <summary>The plural resource name of a kind.</summary>
    public static string ResourceOf(string kind) => kind[(kind.LastIndexOf('/') + 1)..];

    /// <summary>Reads one configuration.</summary>
    /// <exception cref="ApiException">It does not exist, or may not be read.</exception>
    public async Task<Configuration> GetAsync(string kind, CancellationToken cancellation)
    {
        using var json = await api.GetAsync($"{kind}/{name}", cancellation).ConfigureAwait(false);
        return Parse(kind, json.RootElement);
    }

    /// <summary>Reads the configurations that exist. Null stands for one that the service account may not read.</summary>
    public async Task<IReadOnlyList<Configuration?>> ReadAsync(CancellationToken cancellation)
    {
        var found = new List<Configuration?>();
        foreach (var kind in Kinds)
        {
            try
            {
                found.Add(await GetAsync(kind, cancellation).ConfigureAwait(false));
                missing[kind].End();
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.NotFound)
            {
                if (missing[kind].TryBegin())
                {
                    log.WebhookConfigurationMissing(ResourceOf(kind), name);
                }
            }
            catch (ApiException e) when (e.Status == HttpStatusCode.Forbidden)
            {
                ReportForbidden(kind, e);
                found.Add(null);
            }
        }

        return found;
    }

    /// <summary>Sets <c>caBundle</c> of every webhook to a bundle, where it differs.</summary>
    /// <param name="found">The configurations, read before the bundle was.</param>
    /// <param name="bundle">CAs as PEM.</param>
    /// <param name="cancellation">Cancels the requests.</param>
    public async Task<ReconcileResult> UpdateCaBundlesAsync(
        IReadOnlyList<Configuration?> found, string bundle, CancellationToken cancellation)
    {
        var desired = Encode(bundle);
        var highest = ReconcileResult.Unchanged;
        foreach (var configuration in found)
        {
            var result = configuration is null ? ReconcileResult.Forbidden
                : configuration.Bundles.All(b => b == desired) ? ReconcileResult.Unchanged
                : await PatchAsync(configuration, desired, cancellation).ConfigureAwait(false);
            highest = result > highest ? result : highest;
        }

        return highest;
    }

    /// <summary>Whether every webhook of every configuration has exactly this bundle.</summary>
    public static bool AllTrust(IReadOnlyList<Configuration?> found, string bundle) =>
        Encode(bundle) is var desired && found.All(c => c is not null && c.Bundles.All(b => b == desired));

    /// <summary>The CAs that any of the configurations trusts, ours or not.</summary>
    public static IReadOnlyList<X509Certificate2> TrustedBy(IReadOnlyList<Configuration?> found)
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

    private async Task<ReconcileResult> PatchAsync(Configuration configuration, string desired, CancellationToken cancellation)
    {
        try
        {
            await api.PatchAsync(
                $"{configuration.Kind}/{name}?fieldManager=sts-webhook",
                PatchType.Json,
                json => WritePatch(json, configuration, desired),
                cancellation).ConfigureAwait(false);
            log.CaBundleUpdated(ResourceOf(configuration.Kind), name);
            forbidden[configuration.Kind].End();
            return ReconcileResult.Updated;
        }
        catch (ApiException e) when (e.Status is HttpStatusCode.Conflict or HttpStatusCode.NotFound)
        {
            // Changed or deleted in between.
            return ReconcileResult.Conflict;
        }
        catch (ApiException e) when (e.Status == HttpStatusCode.Forbidden)
        {
            ReportForbidden(configuration.Kind, e);
            return ReconcileResult.Forbidden;
        }
    }

    private void ReportForbidden(string kind, ApiException fault)
    {
        if (forbidden[kind].TryBegin())
        {
            log.PermissionMissing(ResourceOf(kind), $"get, list, watch and patch {name} of {ResourceOf(kind)}", fault.Message);
        }
    }

    private static Dictionary<string, OncePerStreak> LatchPerKind() =>
        Kinds.ToDictionary(kind => kind, _ => new OncePerStreak(), StringComparer.Ordinal);

    /// <exception cref="JsonException">The configuration has no version.</exception>
    private static Configuration Parse(string kind, JsonElement json)
    {
        var bundles = new List<string?>();
        foreach (var webhook in json.Member("webhooks"u8).Items())
        {
            bundles.Add(webhook.Member("clientConfig"u8).Text("caBundle"u8));
        }

        var version = json.Member("metadata"u8).Text("resourceVersion"u8)
            ?? throw new JsonException("a webhook configuration has no resourceVersion");
        return new Configuration(kind, version, bundles);
    }

    /// <summary>Writes a patch that replaces the version: if the stored one differs, the server answers 409.</summary>
    private static void WritePatch(Utf8JsonWriter json, Configuration configuration, string desired)
    {
        json.WriteStartArray();
        Operation("replace", "/metadata/resourceVersion", configuration.Version);
        for (var i = 0; i < configuration.Bundles.Count; i++)
        {
            if (configuration.Bundles[i] != desired)
            {
                Operation("add", string.Create(CultureInfo.InvariantCulture, $"/webhooks/{i}/clientConfig/caBundle"), desired);
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

    /// <summary>A webhook configuration as it was read.</summary>
    /// <param name="Kind">The path of its kind: one of <see cref="Kinds"/>.</param>
    /// <param name="Version">The resourceVersion, which a patch has to match.</param>
    /// <param name="Bundles">The <c>caBundle</c> of each of its webhooks as base64, in order; null for none.</param>
    public sealed record Configuration(string Kind, string Version, IReadOnlyList<string?> Bundles);
}
