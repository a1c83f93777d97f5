using Microsoft.Extensions.Time.Testing;
using StsWebhook.Cluster;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Cluster;

public sealed class ServerClockTests
{
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly LineLog log = new();
    private readonly ServerClock clock;

    public ServerClockTests() => clock = new ServerClock(time);

    [Fact]
    public void Now_BeforeAnyAnswer_IsTheMachinesClock() => Assert.Equal(time.GetUtcNow(), clock.Now);

    [Fact]
    public void Now_AfterAnAnswer_ContinuesFromItsDate()
    {
        var there = time.GetUtcNow().AddDays(-400);
        clock.Observe(there);

        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(there.AddHours(1), clock.Now);
    }

    [Theory]
    [InlineData(299, 0)]
    [InlineData(-301, 1)]
    [InlineData(301, 1)]
    public void LogDifference_MoreThanFiveMinutes_IsLoggedOnce(int seconds, int lines)
    {
        clock.Observe(time.GetUtcNow().AddSeconds(seconds));

        clock.LogDifference(log.For<ServerClock>());
        clock.LogDifference(log.For<ServerClock>());

        Assert.Equal(lines, log.Lines.Count);
    }
}
