using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Admission;

/// <summary>Finds the name of an object for messages.</summary>
internal static class ObjectName
{
    /// <summary>
    /// The name; where it is not generated yet, its prefix and an asterisk; where there is neither, an empty string.
    /// </summary>
    public static string Find(JsonElement json)
    {
        var metadata = json.Member("metadata"u8);
        return metadata.Text("name"u8) is { Length: > 0 } name ? name
            : metadata.Text("generateName"u8) is { } prefix ? prefix + "*"
            : string.Empty;
    }
}
