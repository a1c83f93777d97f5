using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using StsWebhook.Benchmarks;

NodeCacheSize.Print(nodes: 5_000);
CloudTrailSpeed.Print(megabytes: 200);

// In process: the benchmarks see internal types, and a run takes a minute instead of ten.
var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
BenchmarkSwitcher.FromAssembly(typeof(ResolverBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
