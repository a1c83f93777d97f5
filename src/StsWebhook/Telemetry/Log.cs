using Microsoft.Extensions.Logging;

namespace StsWebhook.Telemetry;

/// <summary>
/// Every line that the program logs. Event ids are stable. No line holds a value of an environment variable, or any
/// other text of an object but names.
/// </summary>
internal static partial class Log
{
    /// <summary>The program answers.</summary>
    [LoggerMessage(1, LogLevel.Information, "sts-webhook {Version} (commit {Commit}) listens: https {HttpsPort}, management {ManagementPort}")]
    public static partial void Listening(this ILogger log, string version, string commit, int httpsPort, int managementPort);

    /// <summary>Where clients find the certificate to trust.</summary>
    [LoggerMessage(2, LogLevel.Information, "ephemeral certificate: {Path}")]
    public static partial void EphemeralCertificate(this ILogger log, string path);

    /// <summary>The nodes that regions are resolved by: at the first, and when the set of regions changes.</summary>
    [LoggerMessage(3, LogLevel.Information, "nodes: {Nodes} in {Regions}")]
    public static partial void NodesKnown(this ILogger log, int nodes, string regions);

    /// <summary>A request was rejected by the policy.</summary>
    [LoggerMessage(10, LogLevel.Information, "denied {Resource} {Namespace}/{Name} of {Owner}: {Findings} (uid {Uid})")]
    public static partial void Denied(this ILogger log, string resource, string @namespace, string name, string owner, string findings, string uid);

    /// <summary>A request was allowed with warnings.</summary>
    [LoggerMessage(11, LogLevel.Information, "warned {Resource} {Namespace}/{Name} of {Owner}: {Findings} (uid {Uid})")]
    public static partial void Warned(this ILogger log, string resource, string @namespace, string name, string owner, string findings, string uid);

    /// <summary>A request was allowed, with or without a patch, or does not concern the webhook.</summary>
    [LoggerMessage(12, LogLevel.Debug, "{Verdict} {Resource} {Namespace}/{Name} of {Owner}: region {Region} from {Source} (uid {Uid})")]
    public static partial void Passed(this ILogger log, string verdict, string resource, string @namespace, string name, string owner, string? region, string source, string uid);

    /// <summary>What came is no review.</summary>
    [LoggerMessage(13, LogLevel.Information, "{Webhook} refused a body: {Status}: {Reason}")]
    public static partial void Refused(this ILogger log, string webhook, int status, string reason);

    /// <summary>A fault of the program.</summary>
    [LoggerMessage(14, LogLevel.Error, "{Webhook} failed")]
    public static partial void Failed(this ILogger log, Exception fault, string webhook);

    /// <summary>The settings file changed, and the change holds.</summary>
    [LoggerMessage(20, LogLevel.Information, "settings reloaded; settings that need a restart changed as well: {NeedsRestart}")]
    public static partial void SettingsReloaded(this ILogger log, bool needsRestart);

    /// <summary>The settings file changed, and the change cannot be used.</summary>
    [LoggerMessage(21, LogLevel.Error, "settings refused, the old ones stay: {Reason}")]
    public static partial void SettingsRefused(this ILogger log, string reason);

    /// <summary>The API server does not let the program read something.</summary>
    [LoggerMessage(30, LogLevel.Warning, "{Resource}: {Reason}: the service account needs the right to {Right}")]
    public static partial void NotPermitted(this ILogger log, string resource, string right, string reason);

    /// <summary>The watch of the API server broke; what was known stays.</summary>
    [LoggerMessage(31, LogLevel.Warning, "watch of {Resource} broke, what is known stays: {Reason}")]
    public static partial void WatchBroken(this ILogger log, string resource, string reason);

    /// <summary>A node that a Binding names could not be read.</summary>
    [LoggerMessage(32, LogLevel.Warning, "node {Node} could not be read: {Reason}")]
    public static partial void NodeUnread(this ILogger log, string node, string reason);

    /// <summary>A ConfigMap that variables come from could not be read.</summary>
    [LoggerMessage(33, LogLevel.Warning, "configmap {Namespace}/{Name} could not be read: {Reason}")]
    public static partial void ConfigMapUnread(this ILogger log, string @namespace, string name, string reason);

    /// <summary>The instance metadata service told a region.</summary>
    [LoggerMessage(34, LogLevel.Information, "default region {Region}, by the instance metadata service")]
    public static partial void RegionOfInstance(this ILogger log, string region);

    /// <summary>The instance metadata service told nothing; on other clouds there is none.</summary>
    [LoggerMessage(35, LogLevel.Debug, "no region from the instance metadata service: {Reason}")]
    public static partial void NoInstanceMetadata(this ILogger log, string reason);

    /// <summary>A certificate was read from files, at the start or because it changed.</summary>
    [LoggerMessage(40, LogLevel.Information, "certificate {Subject} from {Folder}, good until {Expiry:O}")]
    public static partial void CertificateLoaded(this ILogger log, string folder, string subject, DateTimeOffset expiry);

    /// <summary>What the files hold cannot be used.</summary>
    [LoggerMessage(41, LogLevel.Error, "certificate in {Folder} refused, the last good one stays: {Reason}")]
    public static partial void CertificateRefused(this ILogger log, string folder, string reason);

    /// <summary>The certificates in the Secret were changed by this replica.</summary>
    [LoggerMessage(42, LogLevel.Information, "certificates written: {Reason}; serving until {Expiry:O}, CA until {AuthorityExpiry:O}")]
    public static partial void CertificatesWritten(this ILogger log, string reason, DateTimeOffset expiry, DateTimeOffset authorityExpiry);

    /// <summary>The Secret holds something else than it should, which is replaced.</summary>
    [LoggerMessage(43, LogLevel.Warning, "secret {Name} cannot be used, and is written anew: {Reason}")]
    public static partial void SecretRefused(this ILogger log, string name, string reason);

    /// <summary>A webhook configuration was brought to trust our CAs.</summary>
    [LoggerMessage(44, LogLevel.Information, "caBundle of {Resource} {Name} written")]
    public static partial void BundleWritten(this ILogger log, string resource, string name);

    /// <summary>A webhook configuration does not exist, so that the API server does not call us by it.</summary>
    [LoggerMessage(45, LogLevel.Information, "{Resource} {Name} does not exist: waiting for it")]
    public static partial void ConfigurationAwaited(this ILogger log, string resource, string name);

    /// <summary>Secret or configurations could not be looked after.</summary>
    [LoggerMessage(46, LogLevel.Warning, "certificates cannot be kept, the last ones stay: {Reason}")]
    public static partial void CertificatesUnkept(this ILogger log, string reason);

    /// <summary>This machine's clock is far from the API server's, which certificates go by.</summary>
    [LoggerMessage(47, LogLevel.Warning, "the API server's clock is {Seconds} s ahead of this machine's: certificates go by the API server's")]
    public static partial void ClocksDiffer(this ILogger log, long seconds);

    /// <summary>Certificates are wrong again right after they were replaced: replacing them once more would not help.</summary>
    [LoggerMessage(48, LogLevel.Error, "certificates are left as they are for some minutes, since they were replaced just now: {Reason}; do the API servers' clocks agree?")]
    public static partial void OutOfTurnAgain(this ILogger log, string reason);

    /// <summary>The program was told to end, and serves on for a while.</summary>
    [LoggerMessage(50, LogLevel.Information, "told to end: not ready from now on, serving for {Seconds} s more")]
    public static partial void Draining(this ILogger log, double seconds);

    /// <summary>CAs of clients were read, at the start or because the file changed.</summary>
    [LoggerMessage(51, LogLevel.Information, "clients need a certificate of the {Count} CAs in {File}; the first of these expires {Expiry:O}")]
    public static partial void ClientAuthoritiesLoaded(this ILogger log, string file, int count, DateTimeOffset expiry);

    /// <summary>What the file of CAs of clients holds cannot be used.</summary>
    [LoggerMessage(52, LogLevel.Error, "CAs of clients in {File} refused, the last good ones stay: {Reason}")]
    public static partial void ClientAuthoritiesRefused(this ILogger log, string file, string reason);

    /// <summary>A client without a certificate that the settings ask for.</summary>
    [LoggerMessage(53, LogLevel.Information, "client refused: {Reason}")]
    public static partial void ClientRefused(this ILogger log, string reason);
}
