namespace StsWebhook.CloudTrail;

/// <summary>The result of one step of <see cref="EventReader"/>.</summary>
internal enum ReadResult
{
    /// <summary>The buffer ends before the step is complete.</summary>
    End,

    /// <summary>A token or value that is not an event was skipped.</summary>
    Skipped,

    /// <summary>An object that may be an event was read.</summary>
    Event,
}
