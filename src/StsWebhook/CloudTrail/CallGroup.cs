using StsWebhook.Core.CloudTrail;

namespace StsWebhook.CloudTrail;

/// <summary>The calls of one caller to the global endpoint. Used by one thread.</summary>
internal sealed class CallGroup(Caller caller)
{
    /// <summary>The caller that all calls of the group share.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>The number of calls by evidence.</summary>
    public EvidenceCounts Counts { get; } = new();

    /// <summary>The time of the latest call; null if no event has a time.</summary>
    public DateTimeOffset? LastSeen { get; private set; }

    /// <summary>Counts a call and updates <see cref="LastSeen"/>.</summary>
    public void Add(StsCall call)
    {
        Counts.Add(call.Evidence);
        if (LastSeen is null || call.Time > LastSeen)
        {
            LastSeen = call.Time;
        }
    }
}
