namespace StsWebhook.Settings;

/// <summary>
/// Everything about one setting. The help of flags, the table in docs/configuration.md, error messages, and the tests of
/// the Helm chart follow from it.
/// </summary>
internal sealed record SettingKey
{
    private readonly Func<ServerSettings, string, string, ServerSettings?> apply;

    private SettingKey(string name, bool reloads, string allowed, Func<ServerSettings, string, string, ServerSettings?> apply)
    {
        (Name, Reloads, Allowed) = (name, reloads, allowed);
        this.apply = apply;
    }

    /// <summary>The dotted key in the file, such as <c>policy.enforce</c>. A last part of <c>*</c> stands for any name.</summary>
    public string Name { get; }

    /// <summary>
    /// Whether a change of the file applies without a restart. It cannot be wrong: it says which of the two types of
    /// settings the value is written to.
    /// </summary>
    public bool Reloads { get; }

    /// <summary>What the value may be, as a noun phrase that completes "expected …".</summary>
    public string Allowed { get; }

    /// <summary>The allowed words; empty unless the value is one of a few words.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>The least and greatest allowed number; null unless the value is a number.</summary>
    public (int Minimum, int Maximum)? Range { get; private init; }

    /// <summary>The name of the value in the help of the flag, such as <c>FILE</c>.</summary>
    public string Placeholder { get; private init; } = string.Empty;

    /// <summary>The default as the file would write it, read from the settings type; null if there is no fixed default.</summary>
    public string? Default { get; private init; }

    /// <summary>What applies without the setting, in words, if the default is not a fixed value; otherwise null.</summary>
    public string? DefaultDescription { get; init; }

    /// <summary>The flag; null if there is none.</summary>
    public string? Flag { get; init; }

    /// <summary>Whether <c>serve</c> has the flag. Other commands choose the flags that apply to them.</summary>
    public bool IsServeFlag { get; init; } = true;

    /// <summary>What the setting does, in one sentence.</summary>
    public required string Help { get; init; }

    /// <summary>The help of the flag: what it does, and the default.</summary>
    public string FlagHelp => (DefaultDescription ?? Default) is { } text ? $"{Help} [default: {text}]" : Help;

    /// <summary>Defines a setting that needs a restart.</summary>
    /// <param name="name">The dotted key in the file.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="set">Writes a value into the settings.</param>
    /// <param name="get">Reads the value, for the default; null if there is no fixed default.</param>
    /// <param name="help">What the setting does.</param>
    public static SettingKey Startup<T>(
        string name,
        SettingType<T> type,
        Func<StartupSettings, T, StartupSettings> set,
        Func<StartupSettings, T>? get,
        string help) =>
        Define(
            name,
            reloads: false,
            type,
            (settings, value) => settings with { Startup = set(settings.Startup, value) },
            get is null ? null : type.Format(get(new StartupSettings())),
            help);

    /// <summary>Defines a setting that applies without a restart. The parameters are those of <see cref="Startup"/>.</summary>
    public static SettingKey Reloadable<T>(
        string name,
        SettingType<T> type,
        Func<ReloadableSettings, T, ReloadableSettings> set,
        Func<ReloadableSettings, T>? get,
        string help) =>
        Define(
            name,
            reloads: true,
            type,
            (settings, value) => settings with { Reloadable = set(settings.Reloadable, value) },
            get is null ? null : type.Format(get(new ReloadableSettings())),
            help);

    /// <summary>Defines a group of settings that apply without a restart, whose names the user chooses.</summary>
    /// <param name="name">The dotted key; its last part is <c>*</c>.</param>
    /// <param name="allowed">What name and value may be, as a noun phrase.</param>
    /// <param name="set">Writes the value for a name into the settings; null if name or value are not allowed.</param>
    /// <param name="help">What the settings do.</param>
    public static SettingKey ReloadableGroup(
        string name, string allowed, Func<ReloadableSettings, string, string, ReloadableSettings?> set, string help) =>
        new(name, reloads: true, allowed, (settings, value, member) =>
            set(settings.Reloadable, member, value) is { } changed ? settings with { Reloadable = changed } : null)
        {
            Help = help,
        };

    /// <summary>Writes a value into the settings; null if the value is not allowed.</summary>
    /// <param name="settings">The settings so far.</param>
    /// <param name="value">The value as text.</param>
    /// <param name="member">The part of the written key that <c>*</c> stands for; empty for other keys.</param>
    public ServerSettings? TryApply(ServerSettings settings, string value, string member) => apply(settings, value, member);

    private static SettingKey Define<T>(
        string name, bool reloads, SettingType<T> type, Func<ServerSettings, T, ServerSettings> set, string? fixedDefault,
        string help) =>
        new(name, reloads, type.Allowed, (settings, text, _) => type.TryParse(text, out var value) ? set(settings, value) : null)
        {
            Words = type.Words,
            Range = type.Range,
            Placeholder = type.Placeholder,
            Default = fixedDefault,
            Help = help,
        };
}
