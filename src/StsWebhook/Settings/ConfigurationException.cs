using StsWebhook.Text;


namespace StsWebhook.Settings;

/// <summary>
/// A setting, or a file that a setting names, cannot be used. All commands print the message on standard error and exit
/// with code 2.
/// </summary>
/// <param name="message">One line: the origin, the key, the value, and what is allowed. Control characters are removed.</param>
internal sealed class ConfigurationException(string message) : Exception(LogText.Sanitize(message));
