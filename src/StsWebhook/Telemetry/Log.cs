using Microsoft.Extensions.Logging;

namespace StsWebhook.Telemetry;

/// <summary>
/// Every line that the program logs. Event ids are stable. A line may have the names of an object, but no other text of it,
/// such as the value of an environment variable.
/// </summary>
internal static partial class Log
{
    /// <summary>The server has started.</summary>
    [LoggerMessage(
        1, LogLevel.Information,
        "sts-webhook {Version} (commit {Commit}) is listening: admission port {HttpsPort}, management port {ManagementPort}")]
    public static partial void Listening(this ILogger log, string version, string commit, int httpsPort, int managementPort);

    /// <summary>The path of the certificate that clients have to trust.</summary>
    [LoggerMessage(2, LogLevel.Information, "serving an ephemeral certificate; clients must trust {Path}")]
    public static partial void EphemeralCertificate(this ILogger log, string path);

    /// <summary>The first list of nodes, or a list with other regions than the last one.</summary>
    [LoggerMessage(3, LogLevel.Information, "found {Nodes} nodes; regions: {Regions}")]
    public static partial void NodesFound(this ILogger log, int nodes, string regions);

    /// <summary>The policy denied a request.</summary>
    [LoggerMessage(10, LogLevel.Information, "denied {Resource} {Namespace}/{Name} of {Owner}: {Findings} (uid {Uid})")]
    public static partial void ReviewDenied(
        this ILogger log, string resource, string @namespace, string name, string owner, string findings, string uid);

    /// <summary>A request was allowed with warnings.</summary>
    [LoggerMessage(11, LogLevel.Information, "warned {Resource} {Namespace}/{Name} of {Owner}: {Findings} (uid {Uid})")]
    public static partial void ReviewWarned(
        this ILogger log, string resource, string @namespace, string name, string owner, string findings, string uid);

    /// <summary>A request was allowed, with or without a patch, or the webhook ignores its kind.</summary>
    [LoggerMessage(
        12, LogLevel.Debug, "{Decision} {Resource} {Namespace}/{Name} of {Owner}: region {Region} from {Source} (uid {Uid})")]
    public static partial void ReviewAllowed(
        this ILogger log,
        string decision,
        string resource,
        string @namespace,
        string name,
        string owner,
        string? region,
        string source,
        string uid);

    /// <summary>A request got no review as its answer.</summary>
    [LoggerMessage(13, LogLevel.Information, "{Webhook} rejected a request with status {Status}: {Reason}")]
    public static partial void RequestRejected(this ILogger log, string webhook, int status, string reason);

    /// <summary>A review failed because of an error in the program.</summary>
    [LoggerMessage(
        14, LogLevel.Error, "{Webhook} failed with an internal error; with failurePolicy Ignore, the object bypasses the policy")]
    public static partial void ReviewFailed(this ILogger log, Exception fault, string webhook);

    /// <summary>A review was answered without being judged. The enforcement decides whether the object was rejected.</summary>
    [LoggerMessage(15, LogLevel.Warning, "{Webhook} did not judge {Resource} {Namespace}/{Name}: {Reason} (uid {Uid})")]
    public static partial void ReviewNotJudged(
        this ILogger log, string webhook, string resource, string @namespace, string name, string reason, string uid);

    /// <summary>The settings file changed, and its reloadable settings apply.</summary>
    [LoggerMessage(20, LogLevel.Information, "settings file reloaded; restart needed for other changed settings: {NeedsRestart}")]
    public static partial void SettingsReloaded(this ILogger log, bool needsRestart);

    /// <summary>The settings file changed, and its content is invalid.</summary>
    [LoggerMessage(21, LogLevel.Error, "settings file rejected, keeping the current settings: {Reason}")]
    public static partial void SettingsRejected(this ILogger log, string reason);

    /// <summary>The API server denies a request of the program.</summary>
    [LoggerMessage(30, LogLevel.Warning, "{Resource}: {Reason}; grant the service account permission to {Right}")]
    public static partial void PermissionMissing(this ILogger log, string resource, string right, string reason);

    /// <summary>A list or watch of the API server failed. The watcher retries.</summary>
    [LoggerMessage(31, LogLevel.Warning, "watch of {Resource} failed, keeping the last known state: {Reason}")]
    public static partial void WatchFailed(this ILogger log, string resource, string reason);

    /// <summary>Reading the node of a Binding failed.</summary>
    [LoggerMessage(32, LogLevel.Warning, "could not read node {Node}, its region is unknown: {Reason}")]
    public static partial void NodeReadFailed(this ILogger log, string node, string reason);

    /// <summary>Reading a ConfigMap that a variable refers to failed.</summary>
    [LoggerMessage(33, LogLevel.Warning, "could not read configmap {Namespace}/{Name}, its values are unknown: {Reason}")]
    public static partial void ConfigMapReadFailed(this ILogger log, string @namespace, string name, string reason);

    /// <summary>The instance metadata service returned a region.</summary>
    [LoggerMessage(34, LogLevel.Information, "default region {Region}, from the instance metadata service")]
    public static partial void InstanceRegionFound(this ILogger log, string region);

    /// <summary>The instance metadata service returned no region. Other clouds do not have this service.</summary>
    [LoggerMessage(35, LogLevel.Debug, "no region from the instance metadata service: {Reason}")]
    public static partial void InstanceRegionUnavailable(this ILogger log, string reason);

    /// <summary>A certificate was read from files, at the start or after a change.</summary>
    [LoggerMessage(40, LogLevel.Information, "loaded certificate {Subject} from {Folder}, valid until {Expiry:O}")]
    public static partial void CertificateLoaded(this ILogger log, string folder, string subject, DateTimeOffset expiry);

    /// <summary>The certificate files are missing or invalid.</summary>
    [LoggerMessage(41, LogLevel.Error, "certificate files in {Folder} rejected, keeping the last valid certificate: {Reason}")]
    public static partial void CertificateRejected(this ILogger log, string folder, string reason);

    /// <summary>This replica changed the certificates in the Secret.</summary>
    [LoggerMessage(
        42, LogLevel.Information,
        "updated certificates: {Reason}; serving certificate valid until {Expiry:O}, CA valid until {AuthorityExpiry:O}")]
    public static partial void CertificatesWritten(
        this ILogger log, string reason, DateTimeOffset expiry, DateTimeOffset authorityExpiry);

    /// <summary>The content of the certificate Secret is invalid, and this replica replaces it.</summary>
    [LoggerMessage(43, LogLevel.Warning, "secret {Name} is invalid, replacing its certificates: {Reason}")]
    public static partial void SecretInvalid(this ILogger log, string name, string reason);

    /// <summary>A webhook configuration now trusts our CAs.</summary>
    [LoggerMessage(44, LogLevel.Information, "updated caBundle of {Resource} {Name}")]
    public static partial void CaBundleUpdated(this ILogger log, string resource, string name);

    /// <summary>A webhook configuration does not exist, so the API server does not call the webhook.</summary>
    [LoggerMessage(
        45, LogLevel.Information, "{Resource} {Name} does not exist, waiting for it: the API server does not call this webhook")]
    public static partial void WebhookConfigurationMissing(this ILogger log, string resource, string name);

    /// <summary>
    /// Reading or updating the certificate Secret or the webhook configurations failed. The reconciler retries.
    /// </summary>
    [LoggerMessage(46, LogLevel.Warning, "certificate rotation failed, still serving the current certificate: {Reason}")]
    public static partial void RotationFailed(this ILogger log, string reason);

    /// <summary>The clocks of this machine and of the API server differ, which affects the lifetimes of certificates.</summary>
    [LoggerMessage(
        47, LogLevel.Warning,
        "the API server's clock is {Seconds} s ahead of this machine's clock; certificate lifetimes use the API server's clock")]
    public static partial void ClocksDiffer(this ILogger log, long seconds);

    /// <summary>Certificates are invalid again right after their replacement. Another replacement would not help.</summary>
    [LoggerMessage(
        48, LogLevel.Error, "not rotating certificates again within ten minutes: {Reason}; check the API servers' clocks")]
    public static partial void RotationLimited(this ILogger log, string reason);

    /// <summary>The program received SIGTERM and drains.</summary>
    [LoggerMessage(50, LogLevel.Information, "shutting down: not ready, draining for {Seconds} s")]
    public static partial void Draining(this ILogger log, double seconds);

    /// <summary>The CAs of clients were read, at the start or after a change.</summary>
    [LoggerMessage(51, LogLevel.Information, "loaded {Count} client CAs from {File}; the first of them expires at {Expiry:O}")]
    public static partial void ClientAuthoritiesLoaded(this ILogger log, string file, int count, DateTimeOffset expiry);

    /// <summary>The file of client CAs is missing or invalid.</summary>
    [LoggerMessage(52, LogLevel.Error, "client CA file {File} rejected, keeping the last valid CAs: {Reason}")]
    public static partial void ClientAuthoritiesRejected(this ILogger log, string file, string reason);

    /// <summary>A client has no valid certificate, and the settings require one.</summary>
    [LoggerMessage(53, LogLevel.Information, "client rejected: {Reason}; clients need a certificate of a CA in clientCa")]
    public static partial void ClientRejected(this ILogger log, string reason);
}
