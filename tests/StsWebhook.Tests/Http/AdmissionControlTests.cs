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
    public async Task AcquireAsync_PoolForLargeBodiesExhausted_SmallAndMediumBodiesAreAdmitted()
    {
        var control = new AdmissionControl(new StartupSettings { ReviewMemory = 8 * Mebibyte }, available: 1024 * Mebibyte, time);
        using var large = await control.AcquireAsync(7 * Mebibyte, TimeSpan.FromSeconds(1), CancellationToken.None);
        Assert.NotNull(large);
        var next = control.AcquireAsync(200_000, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask();

        using var small = await control.AcquireAsync(10_000, TimeSpan.FromSeconds(1), CancellationToken.None);
        using var medium = await control.AcquireAsync(30_000, TimeSpan.FromSeconds(1), CancellationToken.None);

        Assert.NotNull(small);
        Assert.NotNull(medium);
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await next);
    }

    [Theory]
    [InlineData(64, 1)]
    [InlineData(256, 4)]
    [InlineData(512, 9)]
    public async Task AcquireAsync_LargerContainer_AdmitsMoreLargeBodies(long available, int expected)
    {
        var control = new AdmissionControl(new StartupSettings(), available * Mebibyte, time);
        var leases = Enumerable.Range(0, 20)
            .Select(_ => control.AcquireAsync(Mebibyte, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask()).ToArray();

        Assert.Equal(expected, leases.Count(lease => lease.IsCompleted));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(expected, (await Task.WhenAll(leases)).Count(lease => lease is not null));
    }

    [Theory]
    [InlineData(64, null, 326_000, 327_000)]
    [InlineData(256, null, 4_200_000, 4_300_000)]
    [InlineData(4096, null, ServerLimits.MaxBody, ServerLimits.MaxBody)]
    [InlineData(4096, 8, 326_000, 327_000)]
    [InlineData(64, 1024, ServerLimits.MaxBody, ServerLimits.MaxBody)]
    public void MaxBody_DependsOnTheMemory(long available, int? configured, int least, int most) => Assert.InRange(
        new AdmissionControl(new StartupSettings { ReviewMemory = configured * Mebibyte }, available * Mebibyte, time).MaxBody, least, most);

    [Fact]
    public void TryAcquireForAnswer_PoolExhausted_IsNull()
    {
        var control = new AdmissionControl(new StartupSettings { ReviewMemory = 8 * Mebibyte }, available: 1024 * Mebibyte, time);

        var first = control.TryAcquireForAnswer(400_000);
        var second = control.TryAcquireForAnswer(400_000);
        var shortAnswer = control.TryAcquireForAnswer(16_000);
        first!.Dispose();
        var third = control.TryAcquireForAnswer(400_000);

        Assert.Null(second);
        Assert.Same(MemoryLease.Empty, shortAnswer);
        Assert.NotNull(third);
    }

    [Fact]
    public void TryAcquireForContainers_PoolExhausted_IsNull()
    {
        var control = new AdmissionControl(new StartupSettings { ReviewMemory = 8 * Mebibyte }, available: 1024 * Mebibyte, time);

        var first = control.TryAcquireForContainers(2_000, 6_000);
        var second = control.TryAcquireForContainers(2_000, 6_000);
        var longContainers = control.TryAcquireForContainers(2_000, 400_000);
        first!.Dispose();
        var third = control.TryAcquireForContainers(2_000, 6_000);

        Assert.Null(second);
        Assert.Same(MemoryLease.Empty, longContainers);
        Assert.NotNull(third);
    }

    [Theory]
    [InlineData(64, 3_300, 3_000, false)]
    [InlineData(64, 3_400, 3_000, true)]
    [InlineData(64, 3_400, 340_000, false)]
    [InlineData(4096, 10_000, 30_000, false)]
    public void HasTooManyContainers_MemoryForContainersExceedsTheLimit(long available, int containers, int length, bool expected) =>
        Assert.Equal(expected, new AdmissionControl(new StartupSettings(), available * Mebibyte, time).HasTooManyContainers(containers, length));
}
