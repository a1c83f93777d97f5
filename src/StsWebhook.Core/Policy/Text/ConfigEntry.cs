namespace StsWebhook.Core.Policy.Text;

/// <summary>A value, and the nearest key that says what the value is for.</summary>
/// <param name="Key">
/// An environment variable's name, a flag, a JVM property, an INI, YAML or JSON key; empty where nothing names the value.
/// </param>
/// <param name="Value">The value, or a word of it.</param>
/// <param name="IsWhole">Whether this is the key's whole value, not one word of a longer text.</param>
/// <param name="IsRemoved">
/// Whether the text takes the variable that the key names out of the environment, or all variables, where the key is empty.
/// </param>
internal readonly record struct ConfigEntry(string Key, string Value, bool IsWhole, bool IsRemoved = false)
{
    /// <summary>
    /// The same where it only stands in a text for people: it sets nothing and dials nothing, but may still name the
    /// host. Only that it is a mere name can be learnt from its key.
    /// </summary>
    public ConfigEntry AsMention() => this with
    {
        Key = KeyClassifier.Classify(Key) == KeyRole.Audience ? Key : string.Empty,
        IsWhole = false,
        IsRemoved = false,
    };

    /// <summary>That a variable is taken out of the environment.</summary>
    public static ConfigEntry Removal(string variable) => new(variable, string.Empty, IsWhole: true, IsRemoved: true);
}
