using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace StsWebhook.Core.Enums;

/// <summary>
/// The word of an enum member in settings, paths, labels, metrics and output: its name in kebab case, as
/// <c>in-cluster</c> for <c>InCluster</c>. The words of a type are built on first use and never change: all members are
/// safe to call from several threads.
/// </summary>
public static class EnumWord
{
    /// <summary>The word of <paramref name="value"/>, without an allocation.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The enum has no such member.</exception>
    public static string Format<T>(T value)
        where T : struct, Enum =>
        Array.IndexOf(Words<T>.Values, value) is >= 0 and var index
            ? Words<T>.All[index]
            : throw new ArgumentOutOfRangeException(nameof(value), $"not a member of {typeof(T).Name}");

    /// <summary>Reads a word. A number is not a word.</summary>
    /// <param name="word">The word.</param>
    /// <param name="value">The member; the default value where the enum has no such word.</param>
    /// <param name="ignoreCase">Whether <c>Deny</c> counts as <c>deny</c>.</param>
    public static bool TryParse<T>([NotNullWhen(true)] string? word, out T value, bool ignoreCase = false)
        where T : struct, Enum
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var i = 0; i < Words<T>.All.Length; i++)
        {
            if (string.Equals(Words<T>.All[i], word, comparison))
            {
                value = Words<T>.Values[i];
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>All words in the order of the enum's values, for messages: <c>deny, warn, audit</c>.</summary>
    public static string List<T>()
        where T : struct, Enum => string.Join(", ", Words<T>.All);

    /// <summary>The words of some members, for messages, in the order given.</summary>
    public static string List<T>(params ReadOnlySpan<T> values)
        where T : struct, Enum
    {
        var words = new string[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            words[i] = Format(values[i]);
        }

        return string.Join(", ", words);
    }

    /// <summary><c>InCluster</c> as <c>in-cluster</c>.</summary>
    private static string ToKebabCase(string name)
    {
        var word = new StringBuilder(name.Length + 2);
        foreach (var c in name)
        {
            if (char.IsAsciiLetterUpper(c) && word.Length > 0)
            {
                word.Append('-');
            }

            word.Append(char.ToLowerInvariant(c));
        }

        return word.ToString();
    }

    /// <summary>The members of one enum. No enum of this project has two names for one value.</summary>
    private static class Words<T>
        where T : struct, Enum
    {
        public static readonly T[] Values = Enum.GetValues<T>();

        public static readonly string[] All = [.. Enum.GetNames<T>().Select(ToKebabCase)];
    }
}
