using System.Reflection;

namespace StsWebhook.Telemetry;

/// <summary>Which build this is, as the SDK writes it into the assembly: <c>version+commit</c>.</summary>
internal static class BuildInfo
{
    private static readonly string[] Parts =
        (typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty)
        .Split('+');

    /// <summary>The version, as <c>1.2.3</c>.</summary>
    public static string Version => Parts[0];

    /// <summary>The commit's hash; <c>unknown</c> for a build outside a repository.</summary>
    public static string Commit => Parts.Length > 1 ? Parts[1] : "unknown";
}
