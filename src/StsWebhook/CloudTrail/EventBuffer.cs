using System.Text;

namespace StsWebhook.CloudTrail;

/// <summary>The part of a stream that is being read. It grows only where a single event is larger than it.</summary>
internal sealed class EventBuffer(Stream stream, int maxLength)
{
    private const int FirstLength = 128 * 1024;

    private byte[] bytes = new byte[FirstLength];
    private int start;
    private int end;
    private DamagedLogException? fault;

    /// <summary>Whether the stream has no more.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the stream has had nothing so far.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>What was read from the stream and not taken yet.</summary>
    public ReadOnlySpan<byte> Unread => bytes.AsSpan(start, end - start);

    /// <summary>Takes the first bytes; they stay as they are until <see cref="Fill"/>.</summary>
    public ReadOnlyMemory<byte> Take(int length)
    {
        start += length;
        return bytes.AsMemory(start - length, length);
    }

    /// <summary>
    /// Reads on until the buffer is full or the stream ends: what is not taken will be parsed again, so that small
    /// portions would cost time. A byte order mark at the beginning is left out.
    /// </summary>
    /// <exception cref="DamagedLogException">
    /// The stream cannot be read any further, and what came before that was handed out; or an event is too large.
    /// </exception>
    public void Fill()
    {
        var isFirst = IsEmpty;
        ReadOn();
        if (isFirst && Unread.StartsWith(Encoding.UTF8.Preamble))
        {
            Take(Encoding.UTF8.Preamble.Length);
            IsEmpty = Unread.IsEmpty;
        }
    }

    private void ReadOn()
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
            fault = new DamagedLogException(e is InvalidDataException ? "its gzip data is damaged or breaks off" : $"cannot be read: {e.Message}");
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
