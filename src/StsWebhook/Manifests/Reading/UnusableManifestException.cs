namespace StsWebhook.Manifests.Reading;

/// <summary>A manifest cannot be used.</summary>
/// <param name="line">The line, counted from 1; null if the error concerns the whole file.</param>
/// <param name="message">The problem in one line. It must not quote values of the manifest.</param>
internal sealed class UnusableManifestException(int? line, string message) : Exception(message)
{
    /// <summary>The line, counted from 1; null if the error concerns the whole file.</summary>
    public int? Line { get; } = line;
}
