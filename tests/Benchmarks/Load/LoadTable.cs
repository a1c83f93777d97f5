using System.Globalization;

namespace StsWebhook.Benchmarks.Load;

/// <summary>
/// Native programs under load. Reviews alternate with two constant answers of the same process, one of which is sent after
/// reading the tokens of the body. Only ratios of neighbouring runs are reported, because a disturbance affects all of them.
/// </summary>
internal static class LoadTable
{
    private const int Rounds = 7;
    private const int Seconds = 3;
    private const int Starts = 15;
    private const int Reviews = 200_000;

    /// <summary>Measures, and prints the table of docs/performance.md.</summary>
    /// <param name="program">The native <c>sts-webhook</c>.</param>
    /// <param name="loadServer">The native load server.</param>
    public static async Task PrintAsync(string program, string loadServer)
    {
        using var wrk = new Wrk();
        Console.WriteLine("| measured | value |");
        Console.WriteLine("| --- | --- |");
        using (var server = await NativeServer.StartAsync(loadServer))
        {
            foreach (var connections in (int[])[1, 16])
            {
                await PrintRatiosAsync(wrk, server, connections);
            }
        }

        var starts = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            using var server = await NativeServer.StartAsync(program, "serve");
            starts.Add(server.UntilReady.TotalMilliseconds);
        }

        Row("start to ready, ms: median, least", $"{Median(starts):F0}, {starts.Min():F0}");
        using var serving = await NativeServer.StartAsync(program, "serve");
        Row("resident when idle, MiB", $"{serving.Resident:F1}");
        for (var answered = 0; answered < Reviews;)
        {
            answered += (await wrk.RunAsync(serving.HttpsPort, "/mutate", connections: 16, Seconds)).Requests;
        }

        Row(string.Create(CultureInfo.InvariantCulture, $"resident after {Reviews:N0} reviews, MiB"), $"{serving.Resident:F1}");
    }

    private static async Task PrintRatiosAsync(Wrk wrk, NativeServer server, int connections)
    {
        var turns = new List<(Throughput Constant, Throughput Tokens, Throughput Review)>();
        for (var round = 0; round <= Rounds; round++)
        {
            var constant = await wrk.RunAsync(server.HttpsPort, "/constant", connections, Seconds);
            var tokens = await wrk.RunAsync(server.HttpsPort, "/tokens", connections, Seconds);
            var review = await wrk.RunAsync(server.HttpsPort, "/mutate", connections, Seconds);
            if (round > 0)
            {
                // The first round only warms up.
                turns.Add((constant, tokens, review));
            }
        }

        var of = string.Create(CultureInfo.InvariantCulture, $"{connections} connection{(connections == 1 ? string.Empty : "s")}: ");
        const string Over = " over a constant answer, ";
        Row(of + "/mutate" + Over + "throughput", $"{Median(turns.Select(t => t.Review.PerSecond / t.Constant.PerSecond)):F2}");
        Row(of + "/mutate" + Over + "p50", $"{Median(turns.Select(t => t.Review.Median / t.Constant.Median)):F2}");
        Row(of + "/mutate" + Over + "p99", $"{Median(turns.Select(t => t.Review.Tail / t.Constant.Tail)):F2}");
        Row(of + "the body's tokens read" + Over + "throughput", $"{Median(turns.Select(t => t.Tokens.PerSecond / t.Constant.PerSecond)):F2}");
        Row($"(reviews a second, p50 and p99 in ms)",
            $"{Median(turns.Select(t => t.Review.PerSecond)):F0}, {Median(turns.Select(t => t.Review.Median)):F2}, {Median(turns.Select(t => t.Review.Tail)):F2}");
    }

    private static void Row(string name, FormattableString value) =>
        Console.WriteLine($"| {name} | {value.ToString(CultureInfo.InvariantCulture)} |");

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}
