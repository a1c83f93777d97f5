using System.Buffers;
using System.Security.Cryptography;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Tests.Json;

public sealed class PooledBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(3_000_000)]
    public void Written_AnyLengthInPieces_KeepsEveryByte(int length)
    {
        var sent = RandomNumberGenerator.GetBytes(length);
        using var buffer = new PooledBuffer();

        foreach (var piece in sent.Chunk(1000))
        {
            buffer.Write(piece);
        }

        Assert.Equal(sent, buffer.Written.ToArray());
    }

    [Fact]
    public void GetSpan_MoreThanIsLeft_HasRoomForIt()
    {
        using var buffer = new PooledBuffer();
        buffer.Write("before"u8);

        Assert.True(buffer.GetSpan(100_000).Length >= 100_000);
        Assert.Equal("before"u8.ToArray(), buffer.Written.ToArray());
    }

    [Fact]
    public void Advance_BeyondTheRoom_Throws()
    {
        using var buffer = new PooledBuffer();
        var room = buffer.GetSpan(1).Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
        buffer.Advance(room);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(1));
    }

    [Fact]
    public void Dispose_Twice_LeavesNothing()
    {
        var buffer = new PooledBuffer();
        buffer.Write("text"u8);

        buffer.Dispose();
        buffer.Dispose();

        Assert.True(buffer.Written.IsEmpty);
    }
}
