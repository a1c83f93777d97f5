using StsWebhook.Cluster;
using Xunit;

namespace StsWebhook.Tests.Cluster;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public void Next_ManyFailures_DoublesUpToTheLimit()
    {
        var backoff = new Backoff(First, Limit);

        for (var i = 0; i < 100; i++)
        {
            var longest = Math.Min(Limit.TotalMilliseconds, First.TotalMilliseconds * Math.Pow(2, i));
            Assert.InRange(backoff.Next().TotalMilliseconds, (longest / 2) - 1, longest + 1);
        }
    }

    [Fact]
    public void Next_OfManyReplicas_Differs()
    {
        var waits = Enumerable.Range(0, 20).Select(_ => new Backoff(First, Limit).Next());

        Assert.True(waits.Distinct().Count() > 1);
    }

    [Fact]
    public void Reset_AfterFailures_StartsWithTheFirstDelay()
    {
        var backoff = new Backoff(First, Limit);
        for (var i = 0; i < 10; i++)
        {
            backoff.Next();
        }

        backoff.Reset();

        Assert.InRange(backoff.Next(), First / 2, First);
    }
}
