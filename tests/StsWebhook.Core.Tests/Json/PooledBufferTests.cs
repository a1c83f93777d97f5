using System.Security.Cryptography;
using StsWebhook.Core.Json;
using Xunit;

namespace StsWebhook.Core.Tests.Json;

public sealed class PooledBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData((16 * 1024) + 1)]
    [InlineData(3_000_000)]
    public void Advance_AnyLength_KeepsEveryByte(int length)
    {
        var sent = RandomNumberGenerator.GetBytes(length);
        using var buffer = new PooledBuffer();

        using var stream = new MemoryStream(sent);
        int read;
        while ((read = stream.Read(buffer.GetSpan())) > 0)
        {
            buffer.Advance(read);
        }

        Assert.Equal(sent, buffer.Written.ToArray());
    }

    [Fact]
    public void GetMemory_WithAHint_IsAtLeastThatLong()
    {
        using var buffer = new PooledBuffer();
        buffer.GetMemory(1)[..1].Span[0] = 7;
        buffer.Advance(1);

        Assert.True(buffer.GetMemory(100_000).Length >= 100_000);
        Assert.Equal(7, buffer.Written.Span[0]);
    }

    [Fact]
    public void Advance_BeyondTheMemory_IsRefused()
    {
        using var buffer = new PooledBuffer();
        var room = buffer.GetMemory().Length;

        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(room + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer.Advance(-1));
    }

    [Fact]
    public void Dispose_Twice_ReturnsTheBufferOnce()
    {
        var buffer = new PooledBuffer();
        buffer.GetMemory();
        buffer.Advance(3);

        buffer.Dispose();
        buffer.Dispose();

        Assert.True(buffer.Written.IsEmpty);
    }
}
