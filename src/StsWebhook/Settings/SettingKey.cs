namespace StsWebhook.Settings;

/// <summary>One key of the settings: everything that is to be known of it.</summary>
/// <param name="Name">The path in the file, as <c>policy.enforce</c>. A last step of <c>*</c> stands for any name.</param>
/// <param name="Allowed">What the value may be, for messages.</param>
/// <param name="Apply">Puts a value into settings; null where the value is not allowed. The name is what <c>*</c> stands for.</param>
internal sealed record SettingKey(
    string Name,
    string Allowed,
    Func<ServerSettings, string, string, ServerSettings?> Apply)
{
    /// <summary>The flag, or null where there is none.</summary>
    public string? Flag { get; init; }

    /// <summary>What the flag's help calls the value.</summary>
    public string? Placeholder { get; init; }

    /// <summary>What the flag's help says.</summary>
    public string? Help { get; init; }
}
