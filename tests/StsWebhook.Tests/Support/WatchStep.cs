namespace StsWebhook.Tests.Support;

/// <summary>The next step of a stub in a watch.</summary>
internal abstract record WatchStep
{
    private WatchStep()
    {
    }

    /// <summary>Sends a line.</summary>
    public sealed record Line(string Text) : WatchStep;

    /// <summary>Ends the watch normally.</summary>
    public sealed record End : WatchStep;

    /// <summary>Sends half a line and ends normally, like a proxy that loses its server.</summary>
    public sealed record EndWithin(string Text) : WatchStep;

    /// <summary>Sends half a line and aborts the connection.</summary>
    public sealed record CutWithin(string Text) : WatchStep;
}
