using StsWebhook.Fuzz.Coverage;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Tests.Support;
using Xunit;

namespace StsWebhook.Fuzz.Tests.Engine;

[Collection(TracedTests.Name)]
public sealed class CostTests
{
    [Fact]
    public void Check_FewBlocks_Pass() => Run(blocks: 10_000).Check(length: 100, () => { });

    [Fact]
    public void Check_ManyBlocksForTheLength_Throws()
    {
        var cost = Run(blocks: 20_000_000);

        Assert.Throws<OracleException>(() => cost.Check(length: 10 * 1024, () => { }));
        cost.Check(length: 20 * 1024, () => { });
    }

    [Fact]
    public void Check_MuchMemoryForTheLength_Throws()
    {
        var cost = Cost.Of(() => new byte[30_000_000], out var memory);

        Assert.Throws<OracleException>(() => cost.Check(length: 100, () => { }));
        cost.Check(memory.Length, () => { });
    }

    [Fact]
    public void Check_LongTime_CountsOnlyIfItIsLongEachTime()
    {
        var slow = new Cost(Blocks: 0, Allocated: 0, TimeSpan.FromSeconds(1));

        slow.Check(length: 100, () => { });
        Assert.Throws<OracleException>(() => slow.Check(length: 100, BeBusy));
    }

    private static Cost Run(int blocks) => Cost.Of(
        () =>
        {
            for (var i = 0; i < blocks; i++)
            {
                EdgeTrace.Enter(i);
            }

            return 0;
        },
        out _);

    private static void BeBusy()
    {
        var start = Environment.CpuUsage.TotalTime;
        while (Environment.CpuUsage.TotalTime - start < TimeSpan.FromMilliseconds(60))
        {
            // Only CPU time counts.
        }
    }
}
