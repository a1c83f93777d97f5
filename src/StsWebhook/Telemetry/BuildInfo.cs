using System.Reflection;

namespace StsWebhook.Telemetry;

/// <summary>The build of this program. The SDK writes <c>version+commit</c> into the assembly.</summary>
internal static class BuildInfo
{
    private static readonly string[] Parts =
        (typeof(BuildInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? string.Empty)
        .Split('+');

    /// <summary>The version, such as <c>1.2.3</c>.</summary>
    public static string Version => Parts[0];

    /// <summary>The hash of the commit; <c>unknown</c> for a build outside a repository.</summary>
    public static string Commit => Parts.Length > 1 ? Parts[1] : "unknown";
}
