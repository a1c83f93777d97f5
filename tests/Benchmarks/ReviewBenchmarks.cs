using System.Buffers;
using BenchmarkDotNet.Attributes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;

namespace StsWebhook.Benchmarks;

/// <summary>A review from body to answer, by the core alone, for each recording: time and bytes allocated.</summary>
[MemoryDiagnoser]
public class ReviewBenchmarks
{
    private readonly Reviewer reviewer = new(new ReviewSettings());
    private readonly NodeTable nodes = new(EksCluster.Nodes(100, "us-east-2"));
    private readonly ArrayBufferWriter<byte> answer = new(64 * 1024);
    private byte[] body = [];
    private Webhook webhook;

    /// <summary>All recordings.</summary>
    public static IEnumerable<string> Recorded => Recordings.Reviews;

    /// <summary>The recording's name.</summary>
    [ParamsSource(nameof(Recorded))]
    public string Recording { get; set; } = string.Empty;

    /// <summary>Reads the recording, and chooses the webhook that the API server calls for it.</summary>
    [GlobalSetup]
    public void Load()
    {
        body = Recordings.Bytes(Recording);
        webhook = Recording.StartsWith("pods-binding", StringComparison.Ordinal) ? Webhook.Bind
            : Recording.StartsWith("pods-", StringComparison.Ordinal) ? Webhook.Mutate
            : Webhook.Validate;
    }

    /// <summary>Reviews the recording.</summary>
    [Benchmark]
    public ReviewSummary Review()
    {
        answer.ResetWrittenCount();
        return reviewer.Review(body, webhook, enforcement: null, nodes, answer);
    }
}
