namespace StsWebhook.Manifests.Reading;

/// <summary>Why a file, or a part of it, cannot be used.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, counted from 1; null where it is the file as a whole.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record ManifestError(string File, int? Line, string Message)
{
    /// <summary>The error in one line, with the place first, as editors and CI systems like it.</summary>
    public override string ToString() => $"{File}{(Line is { } line ? $":{line}" : string.Empty)}: unusable: {Message}";
}
