using System.Security.Cryptography;
using System.Text;

namespace StsWebhook.Files;

/// <summary>
/// A file that is read repeatedly and reports whether its content changed. Only a hash of the content is kept, so no
/// private key stays in memory. Not thread-safe: one reader at a time.
/// </summary>
/// <param name="path">The file. It need not exist.</param>
internal sealed class PolledFile(string path)
{
    private byte[]? lastHash;

    /// <summary>The path as given.</summary>
    public string Path => path;

    /// <summary>
    /// Reads the file and compares it with the previous call. The first call always reports a change. A file that
    /// cannot be read is not an exception but a result; the reason counts as its content.
    /// </summary>
    public FileReadResult Read()
    {
        byte[]? content = null;
        Exception? error = null;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            error = e;
        }

        var hash = SHA256.HashData(content ?? Encoding.UTF8.GetBytes(error!.Message));
        var hasChanged = lastHash is null || !hash.AsSpan().SequenceEqual(lastHash);
        lastHash = hash;
        return new FileReadResult(hasChanged, content, error);
    }
}
