using System.Globalization;

namespace StsWebhook.Output;

/// <summary>
/// Shows the progress of a long task on one line of a terminal, and erases the line at the end. Writes nothing if the
/// output is not a terminal.
/// </summary>
internal sealed class ProgressLine(Terminal terminal, TextWriter output, TimeProvider time)
{
    private const int BarWidth = 24;
    private const int DefaultWidth = 80;

    /// <summary>Limits updates to ten per second.</summary>
    private static readonly TimeSpan UpdateInterval = TimeSpan.FromMilliseconds(100);

    private long shownAt;
    private bool isShown;

    /// <summary>Updates the line.</summary>
    /// <param name="noun">What is counted, in the plural.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="total">How many there are; null if unknown.</param>
    public void Show(string noun, int done, int? total)
    {
        if (!terminal.CanErase || (isShown && time.GetElapsedTime(shownAt) < UpdateInterval))
        {
            return;
        }

        var line = total is { } all
            ? string.Create(CultureInfo.InvariantCulture, $"{Bar(done, all)} {done:N0} of {all:N0} {noun}")
            : string.Create(CultureInfo.InvariantCulture, $"{done:N0} {noun}");
        var width = (terminal.Width ?? DefaultWidth) - 1;
        output.Write(Ansi.EraseLine + (line.Length > width ? line[..width] : line));
        output.Flush();
        (isShown, shownAt) = (true, time.GetTimestamp());
    }

    /// <summary>Erases the line.</summary>
    public void Clear()
    {
        if (isShown)
        {
            output.Write(Ansi.EraseLine);
            output.Flush();
            isShown = false;
        }
    }

    private static string Bar(int done, int total)
    {
        var filled = total == 0 ? BarWidth : (int)((long)BarWidth * done / total);
        return $"[{new string('#', filled)}{new string('-', BarWidth - filled)}]";
    }
}
