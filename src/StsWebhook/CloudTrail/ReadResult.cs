namespace StsWebhook.CloudTrail;

/// <summary>What a look at the text of a log came to.</summary>
internal enum ReadResult
{
    /// <summary>The text ends before the step does.</summary>
    End,

    /// <summary>Something that is no event was passed.</summary>
    Passed,

    /// <summary>An event was passed.</summary>
    Event,
}
