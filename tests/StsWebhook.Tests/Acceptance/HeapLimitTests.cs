using System.Globalization;
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
        const string Before = "has memory for ";
        await using var connection = await serving.Client.ConnectAsync();
        var body = new byte[38 * Mebibyte];
        Array.Fill(body, (byte)' ');
        Recordings.Bytes(Recordings.Sound).CopyTo(body, 0);
        var answer = await connection.PostAsync("/mutate", body);
        Assert.False(answer.Allowed);
        var digits = answer.Text[(answer.Text.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..].TakeWhile(char.IsAsciiDigit);
        return double.Parse(string.Concat(digits), CultureInfo.InvariantCulture);
    }
}
