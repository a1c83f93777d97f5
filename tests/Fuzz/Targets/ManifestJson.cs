using System.Text;
using System.Text.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Fuzz.Targets;

/// <summary>Manifests as JSON.</summary>
internal static class ManifestJson
{
    /// <summary>Converts a part of a manifest to JSON, with every alias expanded.</summary>
    public static string Of(ManifestNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            node.WriteTo(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
