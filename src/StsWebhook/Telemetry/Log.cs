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

    /// <summary>The nodes that regions are resolved by.</summary>
    [LoggerMessage(3, LogLevel.Information, "nodes: {Nodes} in {Regions}")]
    public static partial void NodesLoaded(this ILogger log, int nodes, string regions);

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
}
