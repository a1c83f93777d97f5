namespace StsWebhook.Settings;

/// <summary>Where the serving certificate comes from.</summary>
internal enum TlsMode
{
    /// <summary>Made at the start, kept in memory, for local trials.</summary>
    Ephemeral,
}
