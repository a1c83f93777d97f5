namespace StsWebhook.CloudTrail;

/// <summary>A log cannot be read completely. The message states the reason.</summary>
internal sealed class DamagedLogException(string message) : Exception(message);
