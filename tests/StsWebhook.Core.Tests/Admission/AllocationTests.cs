using System.Buffers;
using System.Globalization;
using System.Text;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

/// <summary>What a review leaves to the collector: unlike its time, the same on every machine.</summary>
public class AllocationTests
{
    /// <summary>The limit that the project set itself (docs/performance.md), in bytes; an ordinary pod takes three quarters of it.</summary>
    private const long Most = 4096;

    /// <summary>The compiler improves a method once it was called often; the least of some rounds is what stays.</summary>
    private const int Rounds = 30;

    [Theory]
    [InlineData("pods-create-ledger")]
    [InlineData("pods-create-shell")]
    [InlineData("pods-create-cache-0")]
    [InlineData("pods-create-new-fields")]
    [InlineData("pods-create-windows-service")]
    public void Review_RecordedPod_AllocatesLittle(string recording)
    {
        var allocated = AllocatedBy(Fixture.Bytes($"recordings/{recording}.json"), reviews: 100);

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{allocated} bytes a review"));
        Assert.InRange(allocated, 1, Most);
    }

    [Fact]
    public void Review_TenTimesTheContainers_AllocatesInProportion()
    {
        var few = AllocatedBy(Containers(100), reviews: 3);
        var many = AllocatedBy(Containers(1000), reviews: 3);

        // Lists double as they grow, so that it may be somewhat more than ten times; squared, it were a hundred times.
        Assert.InRange(many, few * 5, few * 20);
    }

    private static byte[] Containers(int count)
    {
        var pod = new PodBuilder();
        for (var i = 0; i < count; i++)
        {
            pod.Container("""{"image":"app:1","env":[{"name":"LOG_LEVEL","value":"info"}]}""", string.Create(CultureInfo.InvariantCulture, $"c{i}"));
        }

        return Encoding.UTF8.GetBytes(Support.Review.OfPod(pod.Json()).ToJsonString());
    }

    private static long AllocatedBy(byte[] body, int reviews)
    {
        var reviewer = new Reviewer(new ReviewSettings());
        var answer = new ArrayBufferWriter<byte>(1024 * 1024);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < reviews; i++)
            {
                answer.ResetWrittenCount();
                Assert.True(reviewer.Review(body, Webhook.Mutate, enforcement: null, Fixture.OneRegion, answer).IsAnswered);
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / reviews);
        }

        return least;
    }
}
