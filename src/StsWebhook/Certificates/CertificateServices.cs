using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StsWebhook.Certificates.Files;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.Tls;
using StsWebhook.Cluster;
using StsWebhook.Settings;
using StsWebhook.Telemetry;

namespace StsWebhook.Certificates;

/// <summary>Registers the services of the serving certificate.</summary>
internal static class CertificateServices
{
    /// <summary>The namespace of the pod (kubernetes.io/docs/tasks/run-application/access-api-from-pod).</summary>
    private const string NamespaceFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

    /// <summary>Adds <see cref="ServingCertificate"/>, the source of its certificate and the CAs of its clients.</summary>
    /// <exception cref="ConfigurationException">A setting that <c>tls</c> requires is missing, or a folder cannot be written to.</exception>
    public static void AddCertificates(
        this IServiceCollection services, StartupSettings settings, KubernetesApiClient? api, TimeProvider time)
    {
        if (settings.ClientAuthoritiesFile is { } file)
        {
            services
                .AddSingleton(s => new ClientAuthorities(
                    file, s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<ClientAuthorities>>()))
                .AddSingleton<IHostedService>(s => s.GetRequiredService<ClientAuthorities>());
        }

        services.AddSingleton(s => new ServingCertificate(s.GetRequiredService<ServerMetrics>(), s.GetService<ClientAuthorities>()));
        switch (ModeOf(settings))
        {
            case TlsMode.Managed:
                services.AddManaged(settings.Certificates, api ?? throw new ConfigurationException(
                    "tls: 'managed' is not possible without a cluster: expected files or ephemeral, or another cluster than none"));
                break;
            case TlsMode.Files:
                services.AddHostedService(s => new CertificateFiles(
                    settings.TlsDirectory ?? StartupSettings.DefaultTlsDirectory,
                    s.GetRequiredService<ServingCertificate>(),
                    s.GetRequiredService<TimeProvider>(),
                    s.GetRequiredService<ILogger<CertificateFiles>>()));
                break;
            default:
                var (authority, certificate) = EphemeralCertificate.Create(time.GetUtcNow());
                var path = EphemeralCertificate.Publish(authority, settings.TlsDirectory);
                services.AddHostedService(s => new EphemeralCertificate(
                    certificate,
                    path,
                    s.GetRequiredService<ServingCertificate>(),
                    s.GetRequiredService<ILogger<EphemeralCertificate>>()));
                break;
        }
    }

    /// <summary>The names of the serving certificate: the Service's names and the additional names of the settings.</summary>
    public static IReadOnlyList<string> NamesFor(CertificateSettings settings, string @namespace) =>
    [
        // The name that the API server verifies for a Service (k8s.io/apiserver, util/webhook).
        $"{settings.Service}.{@namespace}.svc",
        .. settings.ExtraNames.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => IPAddress.TryParse(name, out var address) ? address.ToString() : name),
    ];

    /// <summary>The namespace of the Secret: the configured one, otherwise the pod's.</summary>
    /// <exception cref="ConfigurationException">There is neither.</exception>
    public static string NamespaceOf(CertificateSettings settings) => settings.Namespace ?? OwnNamespace();

    private static TlsMode ModeOf(StartupSettings settings) =>
        settings.Tls ?? (KubernetesApiClient.ModeOf(settings) == ClusterMode.InCluster ? TlsMode.Managed : TlsMode.Ephemeral);

    private static void AddManaged(this IServiceCollection services, CertificateSettings settings, KubernetesApiClient api)
    {
        var @namespace = NamespaceOf(settings);
        var secret = new CertificateSecret(api, @namespace, settings.Secret);
        services
            .AddSingleton<ReconcileTrigger>()
            .AddHostedService(s => new CertificateReconciler(
                secret,
                new WebhookConfigurations(api, settings.WebhookConfiguration, s.GetRequiredService<ILogger<WebhookConfigurations>>()),
                s.GetRequiredService<ServingCertificate>(),
                api.Clock,
                s.GetRequiredService<ReconcileTrigger>(),
                NamesFor(settings, @namespace),
                Random.Shared.NextDouble(),
                s.GetRequiredService<TimeProvider>(),
                s.GetRequiredService<DrainSignal>(),
                s.GetRequiredService<ILogger<CertificateReconciler>>()))
            .AddWatch(api, secret.Collection, settings.Secret);
        foreach (var kind in WebhookConfigurations.Kinds)
        {
            services.AddWatch(api, kind, settings.WebhookConfiguration);
        }
    }

    /// <summary>Reconciles at each change of an object. AddHostedService would register only one watcher.</summary>
    private static void AddWatch(this IServiceCollection services, KubernetesApiClient api, string path, string name) =>
        services.AddSingleton<IHostedService>(s => new SingleObjectWatcher(
            api,
            s.GetRequiredService<ServerMetrics>(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<SingleObjectWatcher>>(),
            path,
            name,
            s.GetRequiredService<ReconcileTrigger>().Signal));

    private static string OwnNamespace()
    {
        try
        {
            return File.ReadAllText(NamespaceFile).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                "certificates.namespace: required for tls 'managed' outside a pod: expected the name of a namespace");
        }
    }
}
