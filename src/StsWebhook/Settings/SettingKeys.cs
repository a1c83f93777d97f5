using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Settings;

/// <summary>The table of all settings: flags, file and environment are read by it, and messages are worded by it.</summary>
internal static class SettingKeys
{
    private const string Severities = "deny, warn, off";
    private const string AnObject = "the name of an object: lower case letters, digits, dashes and dots";

    /// <summary>Every key.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        new("httpsPort", "a port from 0 to 65535", (s, value, _) => Whole(value) is { } port ? s with { HttpsPort = port } : null)
        {
            Flag = "--https-port", Placeholder = "PORT", Help = "Port for admission reviews, over TLS. [default: 8443]",
        },
        new("managementPort", "a port from 0 to 65535", (s, value, _) => Whole(value) is { } port ? s with { ManagementPort = port } : null)
        {
            Flag = "--management-port", Placeholder = "PORT", Help = "Port for probes and metrics, plain HTTP. [default: 8080]",
        },
        new("tls", "managed, files, ephemeral", (s, value, _) => Word<TlsMode>(value) is { } mode ? s with { Tls = mode } : null)
        {
            Flag = "--tls", Placeholder = "managed|files|ephemeral",
            Help = "Where the certificate comes from: made and renewed in a Secret, read from files, or made at the start. [default: managed in a cluster, else ephemeral]",
        },
        new("tlsDir", "a folder", (s, value, _) => value.Length > 0 ? s with { TlsDirectory = value } : null)
        {
            Flag = "--tls-dir", Placeholder = "DIR",
            Help = "Folder of tls.crt and tls.key to read, or to write an ephemeral tls.crt to. [default: /etc/sts-webhook/tls to read, a new temporary one to write]",
        },
        new("clientCa", "a file", (s, value, _) => value.Length > 0 ? s with { ClientAuthoritiesFile = value } : null)
        {
            Flag = "--client-ca", Placeholder = "FILE",
            Help = "CAs, PEM: reviews are taken only from clients with a certificate of one of them. [default: from every client]",
        },
        new("certificates.secret", AnObject, (s, value, _) =>
            IsDnsName(value) ? WithCertificates(s, c => c with { Secret = value }) : null),
        new("certificates.service", AnObject, (s, value, _) =>
            IsDnsName(value) ? WithCertificates(s, c => c with { Service = value }) : null),
        new("certificates.namespace", "the name of a namespace", (s, value, _) =>
            IsDnsName(value) ? WithCertificates(s, c => c with { Namespace = value }) : null),
        new("certificates.webhookConfiguration", AnObject, (s, value, _) =>
            IsDnsName(value) ? WithCertificates(s, c => c with { WebhookConfiguration = value }) : null),
        new("certificates.extraNames", "host names and IP addresses, with commas between them", (s, value, _) =>
            value.Split(',').All(IsHost) ? WithCertificates(s, c => c with { ExtraNames = value }) : null),
        new("shutdownDelay", "seconds from 0 to 600", (s, value, _) =>
            Whole(value) is { } seconds and <= 600 ? s with { ShutdownDelay = TimeSpan.FromSeconds(seconds) } : null),
        new("reviewMemory", "MiB from 8 to 65535", (s, value, _) =>
            Whole(value) is { } mebibytes and >= 8 ? s with { ReviewMemory = mebibytes * 1024L * 1024 } : null)
        {
            Flag = "--review-memory", Placeholder = "MIB",
            Help = "Memory that reviews may take at once; more of them wait. [default: half of what the container has beside 48 MiB, at least 8]",
        },
        new("cluster", "auto, in-cluster, kubeconfig, none", (s, value, _) =>
            Word<ClusterMode>(value) is { } mode ? s with { Cluster = mode } : null)
        {
            Flag = "--cluster", Placeholder = "auto|in-cluster|kubeconfig|none",
            Help = "Which cluster to ask for nodes and ConfigMaps; auto: that of --kubeconfig, else the one that it runs in, if any. [default: auto]",
        },
        new("kubeconfig", "a file", (s, value, _) => value.Length > 0 ? s with { Kubeconfig = value } : null)
        {
            Flag = "--kubeconfig", Placeholder = "FILE", Help = "Kubeconfig file. [default: $KUBECONFIG, or ~/.kube/config]",
        },
        new("nodes", "a file", (s, value, _) => value.Length > 0 ? s with { NodesFile = value } : null)
        {
            Flag = "--nodes", Placeholder = "FILE", Help = "NodeList, as 'kubectl get nodes -o json' prints it, instead of a cluster.",
        },
        new("region", "the name of a region, as eu-west-1", (s, value, _) =>
            Partitions.IsRegion(value) ? s with { Review = s.Review with { DefaultRegion = value } } : null)
        {
            Flag = "--region", Placeholder = "REGION", Help = "Region of pods of which nothing else tells it.",
        },
        new("logLevel", "trace, debug, information, warning, error", (s, value, _) =>
            Word<LogLevel>(value) is { } level and < LogLevel.Critical ? s with { LogLevel = level } : null),
        new("metrics.namespaceLabel", "true, false", (s, value, _) =>
            bool.TryParse(value, out var flag) ? s with { CountByNamespace = flag } : null),
        new("policy.enforce", "deny, warn, audit", (s, value, _) =>
            Word<Enforcement>(value) is { } enforce ? WithPolicy(s, p => p with { Enforce = enforce }) : null),
        new("policy.workloads", Severities, (s, value, _) =>
            Word<Severity>(value) is { } cap ? WithPolicy(s, p => p with { Workloads = cap }) : null),
        new("policy.configMaps", Severities, (s, value, _) =>
            Word<Severity>(value) is { } cap ? WithPolicy(s, p => p with { ConfigMaps = cap }) : null),
        .. Rule.All.Select(rule => new SettingKey($"policy.rules.{rule}", Severities, (s, value, _) =>
            Word<Severity>(value) is { } severity
                ? WithPolicy(s, p => p with { Rules = new Dictionary<Rule, Severity>(p.Rules) { [rule] = severity } })
                : null)),
        new("injection.region", "true, false", (s, value, _) =>
            bool.TryParse(value, out var flag) ? WithInjection(s, i => i with { Region = flag }) : null),
        new("injection.readConfigMaps", "true, false", (s, value, _) =>
            bool.TryParse(value, out var flag) ? s with { ReadConfigMaps = flag } : null),
        new(
            "injection.extraEnv.*",
            "a variable's name and a value that is not empty, with no placeholders but {region}, {partition}, {dnsSuffix}",
            (s, value, name) => ExtraVariable.TryCreate(name, value, out var variable, out _) ? WithVariable(s, variable) : null),
    ];

    private static ServerSettings WithPolicy(ServerSettings settings, Func<PolicySettings, PolicySettings> change) =>
        settings with { Review = settings.Review with { Policy = change(settings.Review.Policy) } };

    private static ServerSettings WithInjection(ServerSettings settings, Func<InjectionSettings, InjectionSettings> change) =>
        settings with { Review = settings.Review with { Injection = change(settings.Review.Injection) } };

    private static ServerSettings WithVariable(ServerSettings settings, ExtraVariable variable) => WithInjection(
        settings,
        injection => injection with
        {
            ExtraVariables = [.. injection.ExtraVariables.Where(v => v.Name != variable.Name), variable],
        });

    private static ServerSettings WithCertificates(ServerSettings settings, Func<CertificateSettings, CertificateSettings> change) =>
        settings with { Certificates = change(settings.Certificates) };

    /// <summary>Whether it is a name as RFC 1123 has them, in the form in which Kubernetes takes them.</summary>
    private static bool IsDnsName(string value) =>
        value.Length is > 0 and <= 253
        && value.Split('.').All(label =>
            label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
            && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'));

    private static bool IsHost(string value) => IsDnsName(value.Trim()) || IPAddress.TryParse(value.Trim(), out _);

    private static int? Whole(string value) =>
        ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>An enumeration's member by its name, as <c>in-cluster</c>; numbers are no names.</summary>
    private static T? Word<T>(string value)
        where T : struct, Enum
    {
        var name = value.Replace("-", string.Empty, StringComparison.Ordinal);
        return Enum.TryParse<T>(name, ignoreCase: true, out var word)
            && string.Equals(Enum.GetName(word), name, StringComparison.OrdinalIgnoreCase)
                ? word
                : null;
    }
}
