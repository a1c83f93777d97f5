namespace StsWebhook.Settings;

/// <summary>Where the serving certificate comes from.</summary>
internal enum TlsMode
{
    /// <summary>Made and renewed by the replicas themselves, which share it in a Secret.</summary>
    Managed,

    /// <summary>Read from a folder, and again whenever it changes: somebody else renews it.</summary>
    Files,

    /// <summary>Made at the start, kept in memory, for local trials.</summary>
    Ephemeral,
}
