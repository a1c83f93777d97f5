using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Admission;

/// <summary>What to call an object.</summary>
internal static class ObjectName
{
    /// <summary>The name; the prefix of the one that the API server will make, and an asterisk; or nothing.</summary>
    public static string From(JsonElement json) =>
        json.Member("metadata"u8) is var metadata && metadata.Text("name"u8) is { Length: > 0 } name ? name
        : metadata.Text("generateName"u8) is { } prefix ? prefix + "*"
        : string.Empty;
}
