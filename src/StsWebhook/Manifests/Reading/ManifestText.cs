using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace StsWebhook.Manifests.Reading;

/// <summary>Decodes the bytes of a manifest.</summary>
internal static class ManifestText
{
    /// <summary>The largest file in MiB. An API server accepts far less in one request.</summary>
    public const int MaxMebibytes = 64;

    /// <summary>The largest file in bytes.</summary>
    public const int MaxBytes = MaxMebibytes * 1024 * 1024;

    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (char)c).Except("\t\n\r")]);

    private static readonly Encoding[] Wide =
    [
        new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
    ];

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="UnusableManifestException">The stream is larger than <see cref="MaxMebibytes"/> or is not
    /// text.</exception>
    public static string Read(Stream stream)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[81920];
        for (int count; (count = stream.Read(buffer)) > 0;)
        {
            if (bytes.Length + count > MaxBytes)
            {
                throw new UnusableManifestException(line: null, $"larger than {MaxMebibytes} MiB");
            }

            bytes.Write(buffer, 0, count);
        }

        return Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>Decodes UTF-8, or UTF-16 or UTF-32 if a byte order mark names it.</summary>
    /// <exception cref="UnusableManifestException">The bytes are not text.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        var text = DecodeAny(bytes);
        var control = text.AsSpan().IndexOfAny(Controls);
        return control < 0
            ? text
            : throw new UnusableManifestException(
                1 + text.AsSpan(0, control).Count('\n'), $"not text: control character U+{(int)text[control]:X4}");
    }

    private static string DecodeAny(ReadOnlySpan<byte> bytes)
    {
        foreach (var encoding in Wide)
        {
            if (bytes.StartsWith(encoding.Preamble))
            {
                try
                {
                    return encoding.GetString(bytes[encoding.Preamble.Length..]);
                }
                catch (ArgumentException)
                {
                    throw new UnusableManifestException(line: null,
                        $"not {encoding.WebName}, although its byte order mark says so");
                }
            }
        }

        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        var text = new char[bytes.Length];
        return Utf8.ToUtf16(bytes, text, out var read, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            ? new string(text, 0, length)
            : throw new UnusableManifestException(1 + bytes[..read].Count((byte)'\n'), "not text: the bytes are not UTF-8");
    }
}
