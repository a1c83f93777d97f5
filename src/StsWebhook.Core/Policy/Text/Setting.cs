namespace StsWebhook.Core.Policy.Text;

/// <summary>A value, and the nearest key that says what the value is for.</summary>
/// <param name="Key">
/// An environment variable's name, a flag, a JVM property, an INI, YAML or JSON key; empty where nothing names the value.
/// </param>
/// <param name="Value">The value, or a word of it.</param>
/// <param name="IsWhole">Whether this is the key's whole value, not one word of a longer text.</param>
internal readonly record struct Setting(string Key, string Value, bool IsWhole);
