namespace StsWebhook.Benchmarks.Load;

/// <summary>What a run under load came to.</summary>
/// <param name="PerSecond">Requests answered in a second.</param>
/// <param name="Median">Half of them within this, in milliseconds.</param>
/// <param name="Tail">99 of 100 within this, in milliseconds.</param>
/// <param name="Requests">How many were answered.</param>
internal sealed record Throughput(double PerSecond, double Median, double Tail, int Requests);
