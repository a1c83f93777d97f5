using System.Buffers;

namespace StsWebhook.Core.Json;

/// <summary>
/// A growing buffer of rented memory. It grows with the data that is written, not with an announced length, which alone
/// must not cost memory. Memory that it returns is valid until the next write or until it is disposed of. Used by one
/// thread at a time.
/// </summary>
public sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 4096;

    private byte[] buffer = [];
    private int length;

    /// <summary>The data written so far; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, length);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, buffer.Length - length);
        length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        MakeRoom(Math.Max(sizeHint, 1));
        return buffer.AsMemory(length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Discards the data, and keeps the memory for new data.</summary>
    public void Clear() => length = 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Return();
        buffer = [];
        length = 0;
    }

    private void MakeRoom(int count)
    {
        if (buffer.Length - length >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(FirstSize, buffer.Length * 2), checked(length + count)));
        Written.Span.CopyTo(larger);
        Return();
        buffer = larger;
    }

    private void Return()
    {
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
