using StsWebhook.Output;

namespace StsWebhook.CloudTrail;

/// <summary>The result of a log analysis: who still calls the global STS endpoint.</summary>
internal sealed record CloudTrailReport
{
    /// <summary>The number of files read.</summary>
    public required int Files { get; init; }

    /// <summary>The number of files that are logs. The bucket of a trail also holds digest files.</summary>
    public required int Logs { get; init; }

    /// <summary>The number of events in the logs, of all AWS services.</summary>
    public required long Events { get; init; }

    /// <summary>The number of STS calls in the requested period.</summary>
    public required long StsCalls { get; init; }

    /// <summary>The calls that went to the global endpoint.</summary>
    public required EvidenceCounts Global { get; init; }

    /// <summary>The callers of the global endpoint, those with the most calls first.</summary>
    public required IReadOnlyList<CallGroup> Groups { get; init; }

    /// <summary>The number of calls that are in no group because the limit of callers was reached.</summary>
    public required long Ungrouped { get; init; }

    /// <summary>Files that could not be read completely.</summary>
    public required IReadOnlyList<LogFile> Damaged { get; init; }

    /// <summary>2 if no log could be read, 1 if there were calls to the global endpoint, otherwise 0.</summary>
    public ExitCode ExitCode => Logs == 0 ? ExitCode.Unusable : Global.Calls > 0 ? ExitCode.Found : ExitCode.Success;
}
