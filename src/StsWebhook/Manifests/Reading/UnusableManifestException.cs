namespace StsWebhook.Manifests.Reading;

/// <summary>A manifest cannot be used.</summary>
/// <param name="line">The line, counted from 1; null where it is the file as a whole.</param>
/// <param name="message">What is wrong, in one line that quotes no values.</param>
internal sealed class UnusableManifestException(int? line, string message) : Exception(message)
{
    /// <summary>The line, counted from 1; null where it is the file as a whole.</summary>
    public int? Line { get; } = line;
}
