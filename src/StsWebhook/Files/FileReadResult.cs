using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace StsWebhook.Files;

/// <summary>What one read of a <see cref="PolledFile"/> found.</summary>
/// <param name="HasChanged">Whether content or error differ from the previous read.</param>
/// <param name="Content">The bytes; null if the file could not be read.</param>
/// <param name="Error">Why the file could not be read; null if it could.</param>
internal readonly record struct FileReadResult(bool HasChanged, byte[]? Content, Exception? Error)
{
    /// <summary>Whether the file could be read.</summary>
    [MemberNotNullWhen(true, nameof(Content))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsRead => Content is not null;

    /// <summary>Whether the file, or its folder, does not exist.</summary>
    public bool IsMissing => Error is FileNotFoundException or DirectoryNotFoundException;

    /// <summary>
    /// The content as text; a byte order mark decides the encoding, UTF-8 is the default. Null if the file could not be read.
    /// </summary>
    public string? Text
    {
        get
        {
            if (Content is null)
            {
                return null;
            }

            using var reader = new StreamReader(new MemoryStream(Content, writable: false), Encoding.UTF8);
            return reader.ReadToEnd();
        }
    }
}
