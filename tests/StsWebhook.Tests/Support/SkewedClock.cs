namespace StsWebhook.Tests.Support;

/// <summary>A clock with a constant offset to another clock.</summary>
internal sealed class SkewedClock(TimeProvider right, TimeSpan offset) : TimeProvider
{
    public TimeSpan Offset { get; set; } = offset;

    public override long TimestampFrequency => right.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Offset;

    public override long GetTimestamp() => right.GetTimestamp();
}
