namespace StsWebhook.Input;

/// <summary>A file that a command line means, not opened yet.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="Open">Opens it; null where there is nothing to open.</param>
/// <param name="Problem">Why there is nothing to open, or null.</param>
internal sealed record InputFile(string Name, Func<Stream>? Open, string? Problem)
{
    /// <summary>A file to read.</summary>
    public InputFile(string name, Func<Stream> open)
        : this(name, open, Problem: null)
    {
    }

    /// <summary>Something that cannot be read.</summary>
    public InputFile(string name, string problem)
        : this(name, Open: null, problem)
    {
    }
}
