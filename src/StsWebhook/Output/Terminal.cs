namespace StsWebhook.Output;

/// <summary>The capabilities of the device that a command writes to.</summary>
/// <param name="HasColours">Whether the device shows colours and the user did not switch them off.</param>
/// <param name="Width">The number of characters per line; null if lines need not be wrapped.</param>
internal sealed record Terminal(bool HasColours, int? Width)
{
    /// <summary>A file, a pipe, or the log of a CI system.</summary>
    public static readonly Terminal None = new(HasColours: false, Width: null);

    /// <summary>Standard output.</summary>
    public static Terminal Output => Console.IsOutputRedirected ? None : FromEnvironment();

    /// <summary>Standard error.</summary>
    public static Terminal Error => Console.IsErrorRedirected ? None : FromEnvironment();

    /// <summary>Whether a written line can be erased.</summary>
    public bool CanErase { get; init; }

    private static Terminal FromEnvironment()
    {
        // NO_COLOR: see no-color.org. TERM=dumb, as in some editors: neither colours nor cursor movement.
        var isDumb = Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
        var isPlain = isDumb || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return new Terminal(!isPlain, ConsoleWidth()) { CanErase = !isDumb };
    }

    private static int? ConsoleWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
