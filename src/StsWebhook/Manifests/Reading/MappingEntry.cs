namespace StsWebhook.Manifests.Reading;

/// <summary>A key of a mapping and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Line">The line of the key, counted from 1.</param>
/// <param name="Value">The value.</param>
internal readonly record struct MappingEntry(string Key, int Line, ManifestNode Value);
