using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>Writes the annotation that containers read a deferred region from, on a pod or on its Binding.</summary>
internal static class AnnotationPatch
{
    /// <summary>Writes the operation. It replaces an existing annotation (RFC 6902, 4.1).</summary>
    public static void WriteNodeRegion(Utf8JsonWriter json, JsonElement target, string region)
    {
        var metadata = target.Member("metadata"u8);
        if (metadata.Member("annotations"u8).Exists())
        {
            JsonPatchOperation.WriteAdd(
                json,
                "/metadata/annotations/" + JsonPatchOperation.Escape(ProjectKeys.NodeRegion),
                region,
                static (json, region) => json.WriteStringValue(region));
        }
        else if (metadata.Exists())
        {
            JsonPatchOperation.WriteAdd(json, "/metadata/annotations", region, WriteAnnotations);
        }
        else
        {
            JsonPatchOperation.WriteAdd(json, "/metadata", region, static (json, region) =>
            {
                json.WriteStartObject();
                json.WritePropertyName("annotations"u8);
                WriteAnnotations(json, region);
                json.WriteEndObject();
            });
        }
    }

    private static void WriteAnnotations(Utf8JsonWriter json, string region)
    {
        json.WriteStartObject();
        json.WriteString(ProjectKeys.NodeRegionUtf8, region);
        json.WriteEndObject();
    }
}
