using System.Buffers;
using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Benchmarks;

/// <summary>Cost of tracing for a review. Without an exporter it is close to zero: see the column Ratio.</summary>
[MemoryDiagnoser]
public class TracingBenchmarks : IDisposable
{
    private readonly Reviewer reviewer = new(new ReviewSettings());
    private readonly NodeTable nodes = new(EksCluster.Nodes(100, "us-east-2"));
    private readonly ArrayBufferWriter<byte> answer = new(16 * 1024);
    private readonly DefaultHttpContext context = new();
    private readonly byte[] review = Recordings.Bytes(Recordings.Ledger);
    private ActivityListener? listener;

    /// <summary>Registers a listener, as the exporter does.</summary>
    [GlobalSetup(Target = nameof(Sampled))]
    public void Listen()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is Tracing.SourceName or CoreActivitySource.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Removes the listener.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        listener?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A review without tracing.</summary>
    [Benchmark(Baseline = true)]
    public ReviewSummary Untraced()
    {
        answer.ResetWrittenCount();
        return reviewer.Review(review, Webhook.Mutate, enforcement: null, nodes, answer);
    }

    /// <summary>A review with the tracing calls, without an exporter.</summary>
    [Benchmark]
    public ReviewSummary WithoutExporter() => Traced();

    /// <summary>A review with an exporter that samples every review.</summary>
    [Benchmark]
    public ReviewSummary Sampled() => Traced();

    /// <summary>Only the tracing calls, without an exporter: a part of <see cref="WithoutExporter"/>.</summary>
    [Benchmark]
    public bool CallsAlone()
    {
        using var activity = Tracing.StartReview(Webhook.Mutate, context.Request);
        using var region = CoreActivitySource.Start("region");
        using var policy = CoreActivitySource.Start("policy");
        using var injection = CoreActivitySource.Start("injection");
        return activity is null && region is null && policy is null && injection is null;
    }

    private ReviewSummary Traced()
    {
        using var activity = Tracing.StartReview(Webhook.Mutate, context.Request);
        var result = Untraced();
        activity.Describe(result);
        return result;
    }
}
