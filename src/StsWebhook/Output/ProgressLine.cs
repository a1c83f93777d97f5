using System.Globalization;

namespace StsWebhook.Output;

/// <summary>One line on a terminal that shows how far a long task is, and leaves nothing behind. Elsewhere it shows nothing.</summary>
internal sealed class ProgressLine(Terminal terminal, TextWriter output, TimeProvider time)
{
    private const int BarWidth = 24;
    private const int DefaultWidth = 80;

    /// <summary>Often enough to look alive.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private long shownAt;
    private bool isShown;

    /// <summary>Shows what is under way.</summary>
    /// <param name="what">What is counted.</param>
    /// <param name="done">How many are done.</param>
    /// <param name="total">How many there are; null where nobody knows.</param>
    public void Show(string what, int done, int? total)
    {
        if (!terminal.CanErase || (isShown && time.GetElapsedTime(shownAt) < Pause))
        {
            return;
        }

        var line = total is { } all
            ? string.Create(CultureInfo.InvariantCulture, $"{Bar(done, all)} {done:N0} of {all:N0} {what}")
            : string.Create(CultureInfo.InvariantCulture, $"{done:N0} {what}");
        var width = (terminal.Width ?? DefaultWidth) - 1;
        output.Write(Ansi.EraseLine + (line.Length > width ? line[..width] : line));
        output.Flush();
        (isShown, shownAt) = (true, time.GetTimestamp());
    }

    /// <summary>Takes the line away.</summary>
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
