using System.Globalization;
using System.Net;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The webhook stays small under load: it runs beside the workloads that it serves.</summary>
public sealed class ServeMemoryTests
{
    /// <summary>
    /// 40 MiB are promised (docs/performance.md) and about 35 are used, of which 20 are pages of the binary and of
    /// OpenSSL. A fifth is left for kernels and libraries that map more of those at once.
    /// </summary>
    private const long MaxMemory = 48L * 1024 * 1024;

    /// <summary>Garbage reaches its most within the first hundreds of reviews, and whatever leaks at each of these shows.</summary>
    private const int Reviews = 20_000;

    private const int Clients = 4;

    [Fact]
    public async Task Serve_ManyReviews_StaysSmall()
    {
        await using var serving = await ServingProcess.StartAsync();
        var body = Recordings.Bytes(Recordings.Sound);
        var idle = serving.Process.PeakMemory();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => PostAsync(Reviews / Clients)));

        var loaded = serving.Process.PeakMemory();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"peak: {idle / 1024.0 / 1024:F1} MiB idle, {loaded / 1024.0 / 1024:F1} MiB after {Reviews} reviews"));
        Assert.InRange(loaded, 1, MaxMemory);

        async Task PostAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(HttpStatusCode.OK, (await serving.Client.PostAsync("/mutate", body)).Status);
            }
        }
    }
}
