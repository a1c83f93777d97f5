using StsWebhook.Core.CloudTrail;

namespace StsWebhook.CloudTrail;

/// <summary>The calls of one caller to the global endpoint.</summary>
internal sealed class CallGroup(Caller caller)
{
    /// <summary>Who called.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>How many calls have which signs.</summary>
    public EvidenceCounts Counts { get; } = new();

    /// <summary>When it called last; null where no event says when.</summary>
    public DateTimeOffset? LastSeen { get; private set; }

    /// <summary>Counts a call.</summary>
    public void Add(StsCall call)
    {
        Counts.Add(call.Signs);
        if (LastSeen is null || call.Time > LastSeen)
        {
            LastSeen = call.Time;
        }
    }
}
