namespace StsWebhook.Tests.Support;

/// <summary>A clock that goes as another one does, but is set wrong.</summary>
internal sealed class SkewedClock(TimeProvider right, TimeSpan offset) : TimeProvider
{
    public TimeSpan Offset { get; set; } = offset;

    public override long TimestampFrequency => right.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Offset;

    public override long GetTimestamp() => right.GetTimestamp();
}
