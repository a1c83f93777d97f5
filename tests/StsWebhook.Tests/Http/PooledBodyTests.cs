using System.Security.Cryptography;
using StsWebhook.Http;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class PooledBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(16 * 1024)]
    [InlineData((16 * 1024) + 1)]
    [InlineData(3_000_000)]
    public async Task ReadAsync_AnyLength_KeepsEveryByte(int length)
    {
        var sent = RandomNumberGenerator.GetBytes(length);
        using var stream = new MemoryStream(sent);

        using var body = await PooledBody.ReadAsync(stream, TestContext.Current.CancellationToken);

        Assert.Equal(sent, body.Memory.ToArray());
    }

    [Fact]
    public async Task Dispose_Twice_ReturnsTheBufferOnce()
    {
        using var stream = new MemoryStream([1, 2, 3]);
        var body = await PooledBody.ReadAsync(stream, TestContext.Current.CancellationToken);

        body.Dispose();
        body.Dispose();

        Assert.True(body.Memory.IsEmpty);
    }
}
