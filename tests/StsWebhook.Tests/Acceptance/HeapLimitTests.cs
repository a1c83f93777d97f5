using System.Globalization;
using System.Net;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The limit of the heap that the collector takes from the container: docs/http.md has the table.</summary>
public sealed class HeapLimitTests
{
    private const long Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(128)]
    [InlineData(256)]
    public async Task LongestBody_InAContainer_IsThatOf99PercentOfItsMemory(long container)
    {
        using var limit = MemoryLimit.TryCreate(container * Mebibyte);
        Assert.SkipWhen(limit is null, "this user cannot create a control group with a memory limit");
        await using var serving = await ServingProcess.StartWithinAsync(limit);

        var longest = await LongestBodyAsync(serving);

        // Of the reviews' memory, ten of sixteen parts are for large bodies, at sixteen bytes for each of theirs.
        var reviews = ((container * Mebibyte * 99 / 100) - (48 * Mebibyte)) / 2;
        Assert.Equal(((double)reviews * 10 / 16 / 16) - 1024, longest, tolerance: 16 * 1024);
    }

    private static async Task<double> LongestBodyAsync(ServingProcess serving)
    {
        await using var connection = await serving.Client.ConnectAsync();
        await connection.SendAsync(
            "POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000000\r\n\r\n");
        var answer = await connection.ReceiveAsync();
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        return double.Parse(answer.Text.Split(' ').Single(word => char.IsAsciiDigit(word[0])), CultureInfo.InvariantCulture);
    }
}
