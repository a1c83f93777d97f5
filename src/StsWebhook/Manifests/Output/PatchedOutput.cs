using System.Text.Json;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests.Output;

/// <summary>
/// The manifests as YAML, with what the webhook would add to each pod. Templates get what their pods will get. What
/// would be denied stays as it is.
/// </summary>
internal static class PatchedOutput
{
    /// <summary>Writes every document that is not empty.</summary>
    public static void Write(CheckReport report, TextWriter output)
    {
        var patches = report.Objects
            .Where(o => o.Patch.Length > 0)
            .ToLookup(o => (o.Source.File, o.Source.Document));
        foreach (var file in report.Files)
        {
            for (var i = 0; i < file.Documents.Count; i++)
            {
                if (file.Documents[i] is ScalarNode { Kind: JsonValueKind.Null })
                {
                    continue;
                }

                var document = patches[(file.Name, i)]
                    .Aggregate(file.Documents[i], (node, o) => NodePatch.Apply(node, o.PodPath, o.Patch));
                output.Write(YamlWriter.Write(document));
            }
        }
    }
}
