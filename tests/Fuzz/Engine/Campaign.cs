using System.Diagnostics;
using StsWebhook.Fuzz.Coverage;

namespace StsWebhook.Fuzz.Engine;

/// <summary>
/// Runs one target on generated inputs, and keeps those that reach new code to derive other inputs from them. One seed
/// determines every choice.
/// </summary>
/// <param name="target">The target.</param>
/// <param name="seed">The seed.</param>
/// <param name="blackBox">Keeps the running input in case the process crashes.</param>
/// <param name="onFailure">Called with each failure when it is found.</param>
internal sealed class Campaign(IFuzzTarget target, int seed, BlackBox? blackBox = null, Action<Failure>? onFailure = null)
{
    /// <summary>Number of smaller inputs tried for a failure, fewer if the failure is that the input takes too long.</summary>
    private const int MostTrimsOfFailure = 3000;
    private const int MostTrimsOfCost = 100;

    /// <summary>Number of smaller inputs tried for an input that reaches new code, of which there are many.</summary>
    private const int MostTrims = 60;

    private const int MostFailures = 20;

    private readonly Random random = new(seed);
    private readonly CoverageMap coverage = new();
    private readonly List<byte[]> corpus = [];
    private readonly Dictionary<string, Failure> failures = new(StringComparer.Ordinal);
    private long executions;

    /// <summary>The inputs that reach new code, in the order in which they were found.</summary>
    public IReadOnlyList<byte[]> Corpus => corpus;

    /// <summary>Runs known inputs.</summary>
    public void Replay(IEnumerable<byte[]> inputs)
    {
        foreach (var input in inputs)
        {
            Try(input, trims: 0);
        }
    }

    /// <summary>Runs generated inputs until <paramref name="isEnough"/> returns true.</summary>
    /// <param name="isEnough">Called with the number of inputs that have run.</param>
    /// <param name="progress">Called with the progress from time to time.</param>
    public void Explore(Func<long, bool> isEnough, Action<CampaignReport>? progress = null)
    {
        var lastReport = Stopwatch.GetTimestamp();
        while (!isEnough(executions) && failures.Count < MostFailures)
        {
            Try(target.Mutate(Pick(), Pick(), random), MostTrims);
            if (progress is not null && Stopwatch.GetElapsedTime(lastReport) > TimeSpan.FromSeconds(10))
            {
                lastReport = Stopwatch.GetTimestamp();
                progress(Report());
            }
        }
    }

    /// <summary>The results so far.</summary>
    public CampaignReport Report() => new(target.Name, executions, coverage.Edges, corpus.Count, [.. failures.Values]);

    /// <summary>
    /// Half of the picks are from the newest quarter, which has most left to find. Of two inputs the shorter one is taken:
    /// it runs faster, and a change of it is more likely to have an effect.
    /// </summary>
    private byte[] Pick()
    {
        var from = random.Next(2) == 0 ? corpus.Count * 3 / 4 : 0;
        var (one, other) = (corpus[random.Next(from, corpus.Count)], corpus[random.Next(from, corpus.Count)]);
        return one.Length < other.Length ? one : other;
    }

    private void Try(byte[] input, int trims)
    {
        IReadOnlyList<Feature> news = [];
        var failure = Execute(input, () => news = coverage.News());
        if (failure is null && news.Count > 0)
        {
            corpus.Add(trims == 0 ? input : Trimmer.Trim(target, input, smaller => IsAsGood(smaller, news), trims));
        }
        else if (failure is not null && !failures.ContainsKey(failure.Cause))
        {
            failures[failure.Cause] = Smallest(failure);
            onFailure?.Invoke(failures[failure.Cause]);
        }
    }

    private bool IsAsGood(byte[] input, IReadOnlyList<Feature> features)
    {
        var hasReached = false;
        return Execute(input, () => hasReached = CoverageMap.HasReached(features)) is null && hasReached;
    }

    private Failure Smallest(Failure failure)
    {
        var smallest = failure;
        Trimmer.Trim(target, failure.Input, IsTheSame, failure.Cause == Cost.Oracle ? MostTrimsOfCost : MostTrimsOfFailure);
        return smallest;

        bool IsTheSame(byte[] smaller)
        {
            if (Execute(smaller, () => { }) is { } other && other.Cause == failure.Cause)
            {
                smallest = other;
                return true;
            }

            return false;
        }
    }

    /// <summary>Runs an input and checks its result.</summary>
    /// <param name="input">The input.</param>
    /// <param name="look">Reads the coverage before the check, which also runs instrumented code.</param>
    private Failure? Execute(byte[] input, Action look)
    {
        executions++;
        blackBox?.Record(input);
        try
        {
            var cost = Cost.Of(() => target.Run(input), out var judge);
            look();
            coverage.Add();
            cost.Check(input.Length * target.CostFactor, () => target.Run(input));
            judge();
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Failure.Of(input, exception);
        }
    }
}
