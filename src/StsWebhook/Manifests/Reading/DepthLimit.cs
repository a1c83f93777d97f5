using StsWebhook.Core.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>How deep a manifest may nest: as deep as what the core reads.</summary>
internal static class DepthLimit
{
    /// <summary>Refuses what would be deeper.</summary>
    /// <param name="depth">The depth of a node; 1 for a document.</param>
    /// <param name="line">Where it stands.</param>
    /// <exception cref="UnusableManifestException">It is deeper.</exception>
    public static void Check(int depth, int line)
    {
        if (depth > JsonInput.MaxDepth)
        {
            throw new UnusableManifestException(line, $"lists and mappings nest deeper than {JsonInput.MaxDepth} levels");
        }
    }
}
