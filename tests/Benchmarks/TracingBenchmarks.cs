using System.Buffers;
using System.Diagnostics;
using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Http;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;
using StsWebhook.Telemetry;

namespace StsWebhook.Benchmarks;

/// <summary>What tracing costs a review: without an exporter next to nothing, which the column Ratio shows.</summary>
[MemoryDiagnoser]
public class TracingBenchmarks : IDisposable
{
    private readonly Reviewer reviewer = new(new ReviewSettings());
    private readonly NodeTable nodes = new(EksCluster.Nodes(100, "us-east-2"));
    private readonly ArrayBufferWriter<byte> answer = new(16 * 1024);
    private readonly DefaultHttpContext context = new();
    private readonly byte[] review = Recordings.Bytes(Recordings.Ledger);
    private ActivityListener? listener;

    /// <summary>Begins to listen, as the exporter does.</summary>
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

    /// <summary>Ends that.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        listener?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A review alone.</summary>
    [Benchmark(Baseline = true)]
    public ReviewResult Untraced()
    {
        answer.ResetWrittenCount();
        return reviewer.Review(review, Webhook.Mutate, enforcement: null, nodes, answer);
    }

    /// <summary>With all that is called for traces, and no exporter.</summary>
    [Benchmark]
    public ReviewResult WithoutExporter() => Traced();

    /// <summary>With an exporter, and every review sampled.</summary>
    [Benchmark]
    public ReviewResult Sampled() => Traced();

    /// <summary>What is called for traces alone, without an exporter: a part of <see cref="WithoutExporter"/>.</summary>
    [Benchmark]
    public bool CallsAlone()
    {
        using var activity = Tracing.StartReview(Webhook.Mutate, context.Request);
        using var region = CoreActivitySource.Start("region");
        using var policy = CoreActivitySource.Start("policy");
        using var injection = CoreActivitySource.Start("injection");
        return activity is null && region is null && policy is null && injection is null;
    }

    private ReviewResult Traced()
    {
        using var activity = Tracing.StartReview(Webhook.Mutate, context.Request);
        var result = Untraced();
        activity.Describe(result);
        return result;
    }
}
