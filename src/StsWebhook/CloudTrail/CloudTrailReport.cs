using StsWebhook.Output;

namespace StsWebhook.CloudTrail;

/// <summary>What logs say of the global endpoint.</summary>
internal sealed record CloudTrailReport
{
    /// <summary>How many files were looked at.</summary>
    public required int Files { get; init; }

    /// <summary>How many of them are logs; in the bucket of a trail, digests lie beside them.</summary>
    public required int Logs { get; init; }

    /// <summary>How many events of any service these have.</summary>
    public required long Events { get; init; }

    /// <summary>How many calls of STS were made in the time asked for.</summary>
    public required long StsCalls { get; init; }

    /// <summary>How many of these went to the global endpoint.</summary>
    public required EvidenceCounts Global { get; init; }

    /// <summary>Who made them, most calls first.</summary>
    public required IReadOnlyList<CallGroup> Groups { get; init; }

    /// <summary>How many of these calls are in no group, since there are too many callers.</summary>
    public required long Ungrouped { get; init; }

    /// <summary>Files that could not be read, or not to their end.</summary>
    public required IReadOnlyList<LogFile> Damaged { get; init; }

    /// <summary>2 where no log could be read at all, else 1 where somebody calls the global endpoint, else 0.</summary>
    public ExitCode ExitCode => Logs == 0 ? ExitCode.Unusable : Global.Calls > 0 ? ExitCode.Found : ExitCode.Success;
}
