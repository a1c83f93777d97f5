using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;

namespace StsWebhook.Settings;

/// <summary>
/// The table of all settings. A setting is added here and as a property of <see cref="StartupSettings"/> or
/// <see cref="ReloadableSettings"/>; tests compare the documentation and the Helm chart with this table.
/// </summary>
internal static class SettingKeys
{
    /// <summary>All settings, in the order of the help and the documentation.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        SettingKey.Startup(
            "httpsPort", SettingTypes.Port, (s, value) => s with { HttpsPort = value }, s => s.HttpsPort,
            "HTTPS port for admission reviews; 0 selects a free port.")
            with { Flag = "--https-port" },
        SettingKey.Startup(
            "managementPort", SettingTypes.Port, (s, value) => s with { ManagementPort = value }, s => s.ManagementPort,
            "Plain HTTP port for probes and metrics; 0 selects a free port.")
            with { Flag = "--management-port" },
        SettingKey.Startup(
            "tls", SettingTypes.Word<TlsMode>(), (s, value) => s with { Tls = value }, get: null,
            "Source of the serving certificate: managed creates and renews it in a Secret, files reads it from a "
            + "directory, ephemeral creates it at start.")
            with { Flag = "--tls", DefaultDescription = "managed in a cluster, otherwise ephemeral" },
        SettingKey.Startup(
            "tlsDir", SettingTypes.Directory, (s, value) => s with { TlsDirectory = value }, get: null,
            "Directory from which 'files' reads tls.crt and tls.key, or to which 'ephemeral' writes tls.crt.")
            with
            {
                Flag = "--tls-dir",
                DefaultDescription = $"{StartupSettings.DefaultTlsDirectory} to read, a new temporary directory to write",
            },
        SettingKey.Startup(
            "clientCa", SettingTypes.File, (s, value) => s with { ClientAuthoritiesFile = value }, get: null,
            "PEM file of CAs; only clients with a certificate from one of these CAs may send reviews.")
            with { Flag = "--client-ca", DefaultDescription = "all clients may send reviews" },
        Certificate(
            "secret", SettingTypes.ObjectName, (c, value) => c with { Secret = value }, c => c.Secret,
            "Name of the Secret that stores managed certificates.")
            with { Flag = "--secret", IsServeFlag = false },
        Certificate(
            "service", SettingTypes.ObjectName, (c, value) => c with { Service = value }, c => c.Service,
            "Name of the Service that the API server calls."),
        Certificate(
            "namespace", SettingTypes.NamespaceName, (c, value) => c with { Namespace = value }, get: null,
            "Namespace of the Secret and the Service.")
            with { Flag = "--namespace", IsServeFlag = false, DefaultDescription = "the namespace of the pod" },
        Certificate(
            "webhookConfiguration", SettingTypes.ObjectName, (c, value) => c with { WebhookConfiguration = value },
            c => c.WebhookConfiguration,
            "Name of the webhook configurations whose caBundle is kept up to date.")
            with { Flag = "--webhook-configuration", IsServeFlag = false },
        Certificate(
            "extraNames", SettingTypes.Hosts, (c, value) => c with { ExtraNames = value }, get: null,
            "Additional host names and IP addresses of managed certificates, for webhook configurations that use a URL."),
        SettingKey.Startup(
            "shutdownDelay", SettingTypes.Seconds, (s, value) => s with { ShutdownDelay = value }, s => s.ShutdownDelay,
            "Seconds after SIGTERM during which requests are still accepted."),
        SettingKey.Startup(
            "reviewMemory", SettingTypes.Mebibytes, (s, value) => s with { ReviewMemory = value }, get: null,
            "Memory limit for concurrent reviews, in MiB; further reviews wait.")
            with { Flag = "--review-memory", DefaultDescription = "half of (container limit - 48 MiB), at least 8" },
        SettingKey.Startup(
            "cluster", SettingTypes.Word<ClusterMode>(), (s, value) => s with { Cluster = value }, s => s.Cluster,
            "Cluster to read nodes and ConfigMaps from; auto uses --kubeconfig if given, otherwise the cluster of "
            + "the pod, otherwise none.")
            with { Flag = "--cluster" },
        SettingKey.Startup(
            "kubeconfig", SettingTypes.File, (s, value) => s with { Kubeconfig = value }, get: null,
            "Kubeconfig file.")
            with { Flag = "--kubeconfig", DefaultDescription = "$KUBECONFIG, otherwise ~/.kube/config" },
        SettingKey.Startup(
            "nodes", SettingTypes.File, (s, value) => s with { NodesFile = value }, get: null,
            "NodeList file, as printed by 'kubectl get nodes -o json', used instead of the nodes of a cluster.")
            with { Flag = "--nodes" },
        SettingKey.Reloadable(
            "region", SettingTypes.Region, (s, value) => s with { Review = s.Review with { DefaultRegion = value } }, get: null,
            "Default region for pods whose region cannot be determined.")
            with { Flag = "--region" },
        SettingKey.Reloadable(
            "logLevel", SettingTypes.LogLevel, (s, value) => s with { LogLevel = value }, s => s.LogLevel,
            "Lowest level that is logged."),
        SettingKey.Startup(
            "metrics.namespaceLabel", SettingTypes.Boolean, (s, value) => s with { CountByNamespace = value },
            s => s.CountByNamespace,
            "Whether mutations and violations are also counted by namespace."),
        Policy(
            "enforce", SettingTypes.Word<Enforcement>(), (p, value) => p with { Enforce = value }, p => p.Enforce,
            "Enforcement where neither the namespace nor the request path selects one.")
            with { Flag = "--enforce", IsServeFlag = false },
        Policy(
            "workloads", SettingTypes.Severity, (p, value) => p with { Workloads = value }, p => p.Workloads,
            "Highest severity of findings in workload templates."),
        Policy(
            "configMaps", SettingTypes.Severity, (p, value) => p with { ConfigMaps = value }, p => p.ConfigMaps,
            "Highest severity of findings in ConfigMaps."),
        .. Rule.All.Select(rule => Policy(
            $"rules.{rule}", SettingTypes.Severity,
            (p, value) => p with { Rules = new Dictionary<Rule, Severity>(p.Rules) { [rule] = value } }, p => p.SeverityOf(rule),
            $"Severity of findings of the rule {rule}.")),
        SettingKey.Reloadable(
            "injection.region", SettingTypes.Boolean,
            (s, value) => UpdateInjection(s, injection => injection with { Region = value }), s => s.Review.Injection.Region,
            "Whether the region is injected; if false, only AWS_STS_REGIONAL_ENDPOINTS and extra variables are."),
        SettingKey.Startup(
            "injection.readConfigMaps", SettingTypes.Boolean, (s, value) => s with { ReadConfigMaps = value },
            s => s.ReadConfigMaps,
            "Whether referenced ConfigMaps are read; if false, no region is injected where envFrom references a ConfigMap."),
        SettingKey.ReloadableGroup(
            "injection.extraEnv.*",
            "a variable name and a non-empty value whose only placeholders are {region}, {partition}, {dnsSuffix}",
            (s, name, value) => ExtraVariable.TryCreate(name, value, out var variable, out _) ? AddVariable(s, variable) : null,
            "Additional variables to inject; {region}, {partition} and {dnsSuffix} in a value are replaced."),
    ];

    /// <summary>Returns the setting with a name.</summary>
    /// <exception cref="InvalidOperationException">There is no such setting.</exception>
    public static SettingKey Find(string name) => All.First(key => key.Name == name);

    private static SettingKey Certificate(
        string name,
        SettingType<string> type,
        Func<CertificateSettings, string, CertificateSettings> set,
        Func<CertificateSettings, string>? get,
        string help) =>
        SettingKey.Startup(
            $"certificates.{name}",
            type,
            (settings, value) => settings with { Certificates = set(settings.Certificates, value) },
            get is null ? null : settings => get(settings.Certificates),
            help);

    private static SettingKey Policy<T>(
        string name, SettingType<T> type, Func<PolicySettings, T, PolicySettings> set, Func<PolicySettings, T> get,
        string help) =>
        SettingKey.Reloadable(
            $"policy.{name}",
            type,
            (settings, value) => settings with { Review = settings.Review with { Policy = set(settings.Review.Policy, value) } },
            settings => get(settings.Review.Policy),
            help);

    private static ReloadableSettings UpdateInjection(ReloadableSettings settings,
        Func<InjectionSettings, InjectionSettings> update) =>
        settings with { Review = settings.Review with { Injection = update(settings.Review.Injection) } };

    /// <summary>Adds a variable; it replaces one of the same name from a source of lower precedence.</summary>
    private static ReloadableSettings AddVariable(ReloadableSettings settings, ExtraVariable variable) => UpdateInjection(
        settings,
        injection => injection with
        {
            ExtraVariables = [.. injection.ExtraVariables.Where(v => v.Name != variable.Name), variable],
        });
}
