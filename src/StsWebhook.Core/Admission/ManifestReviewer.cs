using System.Text.Json;

namespace StsWebhook.Core.Admission;

/// <summary>
/// The entry of the core for objects that nobody sends: decides one as <see cref="Reviewer"/> would decide its pods when they
/// are created, in a namespace that has opted in.
/// </summary>
public sealed class ManifestReviewer(ReviewSettings settings)
{
    /// <summary>
    /// Reads an object, and tells what its decision would like to know.
    /// </summary>
    /// <param name="json">The object, whose document must live until the review is decided.</param>
    public ParsedManifest Open(JsonElement json) => Open(UnstructuredObject.From(json));

    /// <inheritdoc cref="Open(JsonElement)"/>
    /// <param name="manifest">The object, whose document must live until the review is decided.</param>
    public ParsedManifest Open(UnstructuredObject manifest)
    {
        var subject = ReviewTarget.Parse(manifest, out var error);
        return new ParsedManifest(manifest, subject, error, settings);
    }
}
