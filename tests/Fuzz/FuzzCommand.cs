using System.CommandLine;
using System.Diagnostics;
using StsWebhook.Fuzz.Coverage;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Targets;

namespace StsWebhook.Fuzz;

/// <summary>The command line of <c>make fuzz</c>.</summary>
internal static class FuzzCommand
{
    private const string FailuresFolder = "artifacts/fuzz";

    private static readonly Option<string> Target = new("--target")
    {
        Description = "The target, or all.",
        DefaultValueFactory = _ => "all",
    };

    private static readonly Option<int> Seconds = new("--seconds")
    {
        Description = "Seconds per target.",
        DefaultValueFactory = _ => 60,
    };

    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "Seed of the random numbers. The same seed and the same code give the same inputs.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<FileInfo> Input = new("--input") { Description = "Run only this input." };

    private static readonly Option<DirectoryInfo?> Corpus = new("--corpus")
    {
        Description = "Folder with the initial inputs, one folder per target.",
    };

    private static readonly Option<bool> Keep = new("--keep") { Description = "Write inputs that reach more code than the seeds to the corpus folder." };

    /// <summary>Creates the command and its options.</summary>
    public static RootCommand Create()
    {
        Target.AcceptOnlyFromAmong(["all", .. AllTargets.All.Select(target => target.Name)]);
        Input.AcceptExistingOnly();
        var command = new RootCommand("Runs the parsers of untrusted input on generated inputs. Exits with 1 if an input fails.") { Target, Seconds, Seed, Input, Corpus, Keep };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        var name = parsed.GetValue(Target);
        output.WriteLine($"{InstrumentedAssemblies.Blocks} blocks of code instrumented");
        var isSound = true;
        foreach (var target in AllTargets.All.Where(target => name == "all" || target.Name == name))
        {
            void OnFailure(Failure failure) => output.WriteLine(FailureFile.Write(target, failure, FailuresFolder));
            isSound &= parsed.GetValue(Input) is { } input
                ? Replay(new Campaign(target, seed: 0, onFailure: OnFailure), input)
                : Explore(target, parsed, output, OnFailure);
        }

        return isSound ? 0 : 1;
    }

    private static bool Replay(Campaign campaign, FileInfo input)
    {
        campaign.Replay([File.ReadAllBytes(input.FullName)]);
        return campaign.Report().Failures.Count == 0;
    }

    private static bool Explore(IFuzzTarget target, ParseResult parsed, TextWriter output, Action<Failure> onFailure)
    {
        var corpus = parsed.GetValue(Corpus) is { } folder ? new CorpusFolder(folder.FullName, target) : null;
        using var blackBox = new BlackBox(Path.Combine(FailuresFolder, $"{target.Name}.running"));
        var campaign = new Campaign(target, parsed.GetValue(Seed), blackBox, onFailure);
        var start = Stopwatch.GetTimestamp();
        var cpu = Environment.CpuUsage.TotalTime;
        campaign.Replay(target.Seeds());
        campaign.Replay(corpus?.Read() ?? []);
        output.WriteLine($"{campaign.Report()}after the known inputs");
        campaign.Explore(_ => Stopwatch.GetElapsedTime(start).TotalSeconds >= parsed.GetValue(Seconds), output.WriteLine);
        output.WriteLine($"{campaign.Report()}, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F0} s of CPU time");
        if (parsed.GetValue(Keep))
        {
            corpus?.Write(campaign.Corpus);
        }

        return campaign.Report().Failures.Count == 0;
    }
}
