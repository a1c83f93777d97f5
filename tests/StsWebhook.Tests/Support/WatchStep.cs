namespace StsWebhook.Tests.Support;

/// <summary>What a stub does next in a watch.</summary>
internal abstract record WatchStep
{
    private WatchStep()
    {
    }

    /// <summary>Sends a line.</summary>
    public sealed record Line(string Text) : WatchStep;

    /// <summary>Ends in order.</summary>
    public sealed record End : WatchStep;

    /// <summary>Sends half a line and ends in order, as a proxy may that loses the server behind it.</summary>
    public sealed record EndWithin(string Text) : WatchStep;

    /// <summary>Sends half a line and cuts the connection.</summary>
    public sealed record CutWithin(string Text) : WatchStep;
}
