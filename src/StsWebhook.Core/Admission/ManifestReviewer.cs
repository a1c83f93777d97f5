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
    public OpenManifest Open(JsonElement json) => Open(BareObject.Of(json));

    /// <inheritdoc cref="Open(JsonElement)"/>
    /// <param name="manifest">The object, whose document must live until the review is decided.</param>
    public OpenManifest Open(BareObject manifest)
    {
        var subject = Subject.Of(manifest, out var error);
        return new OpenManifest(manifest, subject, error, settings);
    }
}
