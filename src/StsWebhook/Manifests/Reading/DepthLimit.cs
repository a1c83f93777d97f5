using StsWebhook.Core.Json;

namespace StsWebhook.Manifests.Reading;

/// <summary>Limits the nesting of manifests to the depth that the core reads.</summary>
internal static class DepthLimit
{
    /// <summary>Checks the depth of a node.</summary>
    /// <param name="depth">The depth; 1 for a document.</param>
    /// <param name="line">The line of the node, for the message.</param>
    /// <exception cref="UnusableManifestException">The node is nested too deep.</exception>
    public static void Check(int depth, int line)
    {
        if (depth > JsonInput.MaxDepth)
        {
            throw new UnusableManifestException(line, $"lists and mappings nest deeper than {JsonInput.MaxDepth} levels");
        }
    }
}
