namespace StsWebhook.Settings;

/// <summary>Where the serving certificate comes from.</summary>
internal enum TlsMode
{
    /// <summary>Created and renewed by the replicas, which share it in a Secret.</summary>
    Managed,

    /// <summary>Read from a directory, and again when the files change. Another program renews it.</summary>
    Files,

    /// <summary>Created at start and kept in memory, for local trials.</summary>
    Ephemeral,
}
