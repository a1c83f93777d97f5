namespace StsWebhook.Benchmarks.Load;

/// <summary>The result of a run under load.</summary>
/// <param name="PerSecond">Requests answered in a second.</param>
/// <param name="Median">Median latency, in milliseconds.</param>
/// <param name="Tail">99th percentile of the latency, in milliseconds.</param>
/// <param name="Requests">Number of requests answered.</param>
internal sealed record Throughput(double PerSecond, double Median, double Tail, int Requests);
