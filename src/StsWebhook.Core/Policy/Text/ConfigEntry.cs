namespace StsWebhook.Core.Policy.Text;

/// <summary>A value in a text, with the nearest key that says what the value is for.</summary>
/// <param name="Key">
/// The name of an environment variable, a flag, a JVM property, or an INI, YAML or JSON key; empty if nothing names the
/// value.
/// </param>
/// <param name="Value">The value, or a word of it.</param>
/// <param name="IsWhole">Whether this is the whole value of the key, not one word of a longer text.</param>
/// <param name="IsRemoved">
/// Whether the text removes the variable <paramref name="Key"/> from the environment; with an empty key, all variables.
/// </param>
internal readonly record struct ConfigEntry(string Key, string Value, bool IsWhole, bool IsRemoved = false)
{
    /// <summary>
    /// The same value as a mere mention, as in a comment or a printed message: it sets nothing and calls nothing, but
    /// still mentions the host. Of the key only one fact remains: that the name is an identifier.
    /// </summary>
    public ConfigEntry AsMention() => this with
    {
        Key = KeyClassifier.Classify(Key) == KeyRole.Audience ? Key : string.Empty,
        IsWhole = false,
        IsRemoved = false,
    };

    /// <summary>
    /// The removal of a variable from the environment; of all variables if <paramref name="variable"/> is empty.
    /// </summary>
    public static ConfigEntry Removal(string variable) => new(variable, string.Empty, IsWhole: true, IsRemoved: true);
}
