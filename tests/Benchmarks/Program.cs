using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using StsWebhook.Benchmarks;
using StsWebhook.Benchmarks.Load;
using StsWebhook.Benchmarks.Size;

switch (args)
{
    case ["load", var program, var loadServer]:
        await LoadTable.PrintAsync(program, loadServer);
        break;
    case ["size", var mstat]:
        SizeReport.Print(mstat);
        break;
    default:
        NodeCacheSize.Print(nodes: 5_000);
        CloudTrailSpeed.Print(megabytes: 200);
        PodGrowth.Print();

        // In process: the benchmarks see internal types, and a run takes two minutes instead of ten.
        var config = DefaultConfig.Instance
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .WithArtifactsPath(Path.Combine("artifacts", "benchmarks"));
        BenchmarkSwitcher.FromAssembly(typeof(ResolverBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
        break;
}
