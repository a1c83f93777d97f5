using System.Buffers;

namespace StsWebhook.Http;

/// <summary>
/// A request's body in a rented buffer. The buffer grows with what has come, not with what was announced: a length
/// alone must not cost memory.
/// </summary>
internal sealed class PooledBody : IDisposable
{
    private const int FirstSize = 16 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int length;

    private PooledBody()
    {
    }

    /// <summary>What has come. Valid until disposal.</summary>
    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, length);

    /// <summary>Reads a stream to its end; how much that may be is up to the stream.</summary>
    public static async Task<PooledBody> ReadAsync(Stream stream, CancellationToken cancellation)
    {
        var body = new PooledBody();
        try
        {
            int read;
            while ((read = await stream.ReadAsync(body.Free(), cancellation).ConfigureAwait(false)) > 0)
            {
                body.length += read;
            }

            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = [];
            length = 0;
        }
    }

    private Memory<byte> Free()
    {
        if (length == buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan().CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        return buffer.AsMemory(length);
    }
}
