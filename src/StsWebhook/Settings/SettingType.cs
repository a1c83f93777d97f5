using System.Diagnostics.CodeAnalysis;

namespace StsWebhook.Settings;

/// <summary>How values of one type are parsed, described and formatted.</summary>
/// <typeparam name="T">The type of the property that holds the value.</typeparam>
/// <param name="allowed">What the value may be, as a noun phrase that completes "expected …" in error messages.</param>
/// <param name="placeholder">The name of the value in the help of a flag, such as <c>FILE</c>.</param>
/// <param name="parser">Parses a text; false if the text is not allowed.</param>
/// <param name="formatter">Formats a default value as the settings file would write it.</param>
internal sealed class SettingType<T>(string allowed, string placeholder, SettingType<T>.Parser parser, Func<T, string> formatter)
{
    /// <summary>Parses a text; false if the text is not allowed.</summary>
    internal delegate bool Parser(string text, [MaybeNullWhen(false)] out T value);

    /// <summary>What the value may be, as a noun phrase.</summary>
    public string Allowed => allowed;

    /// <summary>The name of the value in the help of a flag.</summary>
    public string Placeholder => placeholder;

    /// <summary>The allowed words in the order of <see cref="Allowed"/>; empty unless the value is one of a few words.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The least and greatest allowed number; null unless the value is a number.</summary>
    public (int Minimum, int Maximum)? Range { get; init; }

    /// <summary>Parses a text; false if the text is not allowed.</summary>
    public bool TryParse(string text, [MaybeNullWhen(false)] out T value) => parser(text, out value);

    /// <summary>Formats a value as the settings file would write it.</summary>
    public string Format(T value) => formatter(value);
}
