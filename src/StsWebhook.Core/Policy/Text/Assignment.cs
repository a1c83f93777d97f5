using System.Buffers;

namespace StsWebhook.Core.Policy.Text;

/// <summary>The beginning of <c>NAME=value</c>, as a shell assigns a variable (POSIX XBD 3.216, Name).</summary>
internal static class Assignment
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>How long the name is that <paramref name="text"/> assigns to; 0 where it assigns to none.</summary>
    public static int NameLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(NameCharacters);
        return end > 0 && text[end] == '=' && !char.IsAsciiDigit(text[0]) ? end : 0;
    }
}
