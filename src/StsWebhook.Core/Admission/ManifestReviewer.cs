using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Admission;

/// <summary>
/// Entry point of the core for objects without an admission request, from manifests or from a cluster. It decides an object
/// as <see cref="Reviewer"/> would decide its pods when they are created in a namespace that has opted in. It keeps no state
/// between calls: any number of threads may share it.
/// </summary>
/// <param name="settings">The settings for all objects.</param>
public sealed class ManifestReviewer(ReviewSettings settings)
{
    /// <summary>Parses an object that has <c>apiVersion</c> and <c>kind</c>.</summary>
    /// <param name="json">The object. Its document must not be disposed of before the object is decided.</param>
    /// <param name="manifest">The parsed object; null where a field has a wrong type.</param>
    /// <param name="error">The first field of a wrong type; null where there is none.</param>
    /// <returns>Whether the object can be decided.</returns>
    public bool TryParse(
        JsonElement json, [NotNullWhen(true)] out ParsedManifest? manifest, [NotNullWhen(false)] out ShapeMismatch? error) =>
        TryParse(UnstructuredObject.From(json), out manifest, out error);

    /// <summary>Parses an object of a given kind: the items of an API server's list do not have their own.</summary>
    /// <inheritdoc cref="TryParse(JsonElement, out ParsedManifest, out ShapeMismatch)"/>
    /// <param name="identity">
    /// The object with its kind. Its document must not be disposed of before the object is decided.
    /// </param>
    /// <param name="manifest">The parsed object; null where a field has a wrong type.</param>
    /// <param name="error">The first field of a wrong type; null where there is none.</param>
    public bool TryParse(
        UnstructuredObject identity,
        [NotNullWhen(true)] out ParsedManifest? manifest,
        [NotNullWhen(false)] out ShapeMismatch? error)
    {
        manifest = ReviewTarget.TryParse(identity, out var target, out error)
            ? new ParsedManifest(identity, target, settings)
            : null;
        return manifest is not null;
    }
}
