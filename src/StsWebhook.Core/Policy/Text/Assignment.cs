using System.Buffers;

namespace StsWebhook.Core.Policy.Text;

/// <summary>Recognises <c>NAME=value</c>, the assignment of a variable in a shell (POSIX XBD 3.216, Name).</summary>
internal static class Assignment
{
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    /// <summary>The length of the name that <paramref name="text"/> assigns to; 0 if the text is not an assignment.</summary>
    public static int NameLength(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExcept(NameCharacters);
        return end > 0 && text[end] == '=' && !char.IsAsciiDigit(text[0]) ? end : 0;
    }
}
