namespace StsWebhook.CloudTrail;

/// <summary>A log cannot be read, or not to its end; the message says why.</summary>
internal sealed class DamagedLogException(string message) : Exception(message);
