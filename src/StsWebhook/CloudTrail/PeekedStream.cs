namespace StsWebhook.CloudTrail;

/// <summary>
/// A stream whose first bytes can be inspected before it is read. Standard input cannot seek, so they are buffered.
/// </summary>
internal sealed class PeekedStream : Stream
{
    private readonly Stream stream;
    private readonly byte[] start = new byte[2];
    private readonly int length;
    private int read;

    /// <summary>Reads the first bytes into a buffer.</summary>
    /// <param name="stream">The stream, disposed of with this one.</param>
    public PeekedStream(Stream stream)
    {
        this.stream = stream;
        length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
    }

    /// <summary>The first two bytes; fewer if the stream is shorter.</summary>
    public ReadOnlySpan<byte> Start => start.AsSpan(0, length);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (read == length)
        {
            return stream.Read(buffer);
        }

        var count = Math.Min(buffer.Length, length - read);
        start.AsSpan(read, count).CopyTo(buffer);
        read += count;
        return count;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
