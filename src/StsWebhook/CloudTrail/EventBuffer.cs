using System.Text;

namespace StsWebhook.CloudTrail;

/// <summary>
/// Buffers the part of a stream that is being parsed. It grows only if a single event is larger than the buffer.
/// </summary>
internal sealed class EventBuffer(Stream stream, int maxLength)
{
    private const int FirstLength = 128 * 1024;

    private byte[] bytes = new byte[FirstLength];
    private int start;
    private int end;
    private DamagedLogException? fault;

    /// <summary>Whether the end of the stream was reached.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether no byte has been read from the stream so far.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The bytes that were read from the stream and not yet taken.</summary>
    public ReadOnlySpan<byte> Unread => bytes.AsSpan(start, end - start);

    /// <summary>Takes the first unread bytes. They are valid until the next <see cref="Fill"/>.</summary>
    public ReadOnlyMemory<byte> Take(int length)
    {
        start += length;
        return bytes.AsMemory(start - length, length);
    }

    /// <summary>
    /// Reads until the buffer is full or the stream ends. Bytes that are not taken are parsed again, so small reads would
    /// cost time. A byte order mark at the start of the stream is skipped.
    /// </summary>
    /// <exception cref="DamagedLogException">
    /// The stream cannot be read any further and all bytes before the error have been returned, or an event is too large.
    /// </exception>
    public void Fill()
    {
        var isFirst = IsEmpty;
        ReadUntilFull();
        if (isFirst && Unread.StartsWith(Encoding.UTF8.Preamble))
        {
            Take(Encoding.UTF8.Preamble.Length);
            IsEmpty = Unread.IsEmpty;
        }
    }

    private void ReadUntilFull()
    {
        if (fault is not null)
        {
            throw fault;
        }

        MakeRoom();
        var before = end;
        try
        {
            while (end < bytes.Length)
            {
                var count = stream.Read(bytes, end, bytes.Length - end);
                if (count == 0)
                {
                    IsComplete = true;
                    return;
                }

                end += count;
                IsEmpty = false;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            fault = new DamagedLogException(e is InvalidDataException
                ? "the gzip data is damaged or truncated"
                : $"cannot be read: {e.Message}");
            if (end == before)
            {
                throw fault;
            }
        }
    }

    private void MakeRoom()
    {
        var unread = Unread;
        if (unread.Length > maxLength)
        {
            throw new DamagedLogException($"an event is larger than {maxLength / 1024 / 1024} MiB");
        }

        if (unread.Length <= bytes.Length / 2)
        {
            unread.CopyTo(bytes);
        }
        else
        {
            var larger = new byte[bytes.Length * 2];
            unread.CopyTo(larger);
            bytes = larger;
        }

        (start, end) = (0, unread.Length);
    }
}
