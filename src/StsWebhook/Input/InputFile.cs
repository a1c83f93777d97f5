namespace StsWebhook.Input;

/// <summary>A file of the command line that is not opened yet.</summary>
/// <param name="Name">The name in reports.</param>
/// <param name="Open">Opens the file; null if it cannot be opened.</param>
/// <param name="Problem">Why it cannot be opened; null if it can.</param>
internal sealed record InputFile(string Name, Func<Stream>? Open, string? Problem)
{
    /// <summary>Creates a file that can be opened.</summary>
    public InputFile(string name, Func<Stream> open)
        : this(name, open, Problem: null)
    {
    }

    /// <summary>Creates a file that cannot be opened.</summary>
    public InputFile(string name, string problem)
        : this(name, Open: null, problem)
    {
    }
}
