namespace StsWebhook.Manifests.Reading;

/// <summary>The reason why a file, or a part of it, cannot be used.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Line">The line, counted from 1; null if the error concerns the whole file.</param>
/// <param name="Message">The problem.</param>
internal sealed record ManifestError(string File, int? Line, string Message)
{
    /// <summary>The error in one line that starts with file and line, so that editors and CI systems can link to it.</summary>
    public override string ToString() => $"{File}{(Line is { } line ? $":{line}" : string.Empty)}: unusable: {Message}";
}
