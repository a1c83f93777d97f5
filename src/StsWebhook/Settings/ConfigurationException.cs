using StsWebhook.Text;


namespace StsWebhook.Settings;

/// <summary>A setting, or a file that settings name, cannot be used. The message is one line for whoever started the program.</summary>
/// <param name="message">Where, which key, which value, and what is allowed.</param>
internal sealed class ConfigurationException(string message) : Exception(LogText.Sanitize(message));
