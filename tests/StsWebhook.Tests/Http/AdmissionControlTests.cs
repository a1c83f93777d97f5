using Microsoft.Extensions.Time.Testing;
using StsWebhook.Http;
using StsWebhook.Settings;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class AdmissionControlTests
{
    private const long Mebibyte = 1024 * 1024;

    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task LargeBodies_HoldAllTheirMemory_SmallOnesGoOn()
    {
        var memory = new AdmissionControl(new ServerSettings { ReviewMemory = 8 * Mebibyte }, available: 1024 * Mebibyte, time);
        using var large = await memory.AcquireForLargeAsync(7 * Mebibyte, TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.NotNull(large);
        var next = memory.AcquireForLargeAsync(20_000, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask();

        using var small = await memory.AcquireAsync(10_000, TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.NotNull(small);
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await next);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(256, 4)]
    [InlineData(512, 9)]
    public async Task LargeBodies_OfOneMebibyteAtOnce_AreMoreInALargerContainer(long available, int expected)
    {
        var memory = new AdmissionControl(new ServerSettings(), available * Mebibyte, time);
        var shares = Enumerable.Range(0, 20)
            .Select(_ => memory.AcquireForLargeAsync(Mebibyte, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask()).ToArray();

        Assert.Equal(expected, shares.Count(share => share.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(expected, (await Task.WhenAll(shares)).Count(share => share is not null));
    }

    [Theory]
    [InlineData(64, null, 326_000, 327_000)]
    [InlineData(256, null, 4_200_000, 4_300_000)]
    [InlineData(4096, null, AdmissionEndpoint.MaxBody, AdmissionEndpoint.MaxBody)]
    [InlineData(4096, 8, 326_000, 327_000)]
    [InlineData(64, 1024, AdmissionEndpoint.MaxBody, AdmissionEndpoint.MaxBody)]
    public void MaxBody_IsWhatThereIsMemoryFor(long available, int? configured, int least, int most) => Assert.InRange(
        new AdmissionControl(new ServerSettings { ReviewMemory = configured * Mebibyte }, available * Mebibyte, time).MaxBody, least, most);

    [Fact]
    public async Task LongAnswers_MoreThanThereIsRoomFor_AreNotWaitedFor()
    {
        var memory = new AdmissionControl(new ServerSettings { ReviewMemory = 8 * Mebibyte }, available: 1024 * Mebibyte, time);

        var (fits, share) = await memory.AcquireForAnswerAsync(400_000);
        var (alsoFits, _) = await memory.AcquireForAnswerAsync(400_000);
        var (isShort, none) = await memory.AcquireForAnswerAsync(16_000);
        share!.Dispose();
        var (fitsAgain, _) = await memory.AcquireForAnswerAsync(400_000);

        Assert.True(fits);
        Assert.False(alsoFits);
        Assert.True(isShort);
        Assert.Null(none);
        Assert.True(fitsAgain);
    }

    [Fact]
    public async Task ShortContainers_TakeWhatTheyNeedBesideTheirBody()
    {
        var memory = new AdmissionControl(new ServerSettings { ReviewMemory = 8 * Mebibyte }, available: 1024 * Mebibyte, time);

        var (fits, share) = await memory.AcquireForContainersAsync(2_000, 6_000);
        var (alsoFits, _) = await memory.AcquireForContainersAsync(2_000, 6_000);
        var (isOrdinary, none) = await memory.AcquireForContainersAsync(2_000, 400_000);
        share!.Dispose();
        var (fitsAgain, _) = await memory.AcquireForContainersAsync(2_000, 6_000);

        Assert.True(fits);
        Assert.False(alsoFits);
        Assert.True(isOrdinary);
        Assert.Null(none);
        Assert.True(fitsAgain);
    }

    [Theory]
    [InlineData(64, 3_300, 3_000, false)]
    [InlineData(64, 3_400, 3_000, true)]
    [InlineData(64, 3_400, 340_000, false)]
    [InlineData(4096, 10_000, 30_000, false)]
    public void Containers_AreTooMany_WhereTheyNeedMoreThanThereIs(long available, int containers, int length, bool expected) =>
        Assert.Equal(expected, new AdmissionControl(new ServerSettings(), available * Mebibyte, time).AreTooMany(containers, length));
}
