namespace StsWebhook.Output;

/// <summary>
/// The exit codes of all commands. A command that a signal ended exits with 128 plus the number of the signal, as
/// shells report it.
/// </summary>
internal enum ExitCode
{
    /// <summary>The command succeeded and found nothing to act on.</summary>
    Success = 0,

    /// <summary>The command succeeded and found something: a denied object, a call to the global endpoint.</summary>
    Found = 1,

    /// <summary>The command line, a setting or the input cannot be used.</summary>
    Unusable = 2,
}
