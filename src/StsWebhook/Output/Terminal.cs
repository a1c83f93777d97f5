namespace StsWebhook.Output;

/// <summary>What the place that text goes to can do.</summary>
/// <param name="HasColours">Whether it shows colours, and whoever sits there wants them.</param>
/// <param name="Width">How many characters fit on a line; null where nothing needs to be wrapped.</param>
internal sealed record Terminal(bool HasColours, int? Width)
{
    /// <summary>A file, a pipe, the log of a CI system.</summary>
    public static readonly Terminal None = new(HasColours: false, Width: null);

    /// <summary>Standard output.</summary>
    public static Terminal Output => Console.IsOutputRedirected ? None : Here();

    /// <summary>Standard error.</summary>
    public static Terminal Error => Console.IsErrorRedirected ? None : Here();

    /// <summary>Whether a line can be taken back.</summary>
    public bool CanErase { get; init; }

    private static Terminal Here()
    {
        // no-color.org; a dumb terminal, such as an editor's, knows neither colours nor how to go back.
        var isDumb = Environment.GetEnvironmentVariable("TERM") is null or "" or "dumb";
        var isPlain = isDumb || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        return new Terminal(!isPlain, WidthOfConsole()) { CanErase = !isDumb };
    }

    private static int? WidthOfConsole()
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
