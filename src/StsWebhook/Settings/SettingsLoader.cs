using System.Collections;
using StsWebhook.Files;

namespace StsWebhook.Settings;

/// <summary>
/// Reads the settings from three sources. A later source overrides an earlier one:
/// <code>
/// defaults
/// the file       {"policy": {"enforce": "warn"}}
/// environment    STS_WEBHOOK__POLICY__ENFORCE=warn
/// flags          --region eu-west-1
/// </code>
/// </summary>
/// <param name="file">The path of the settings file, or null.</param>
/// <param name="flags">The settings on the command line.</param>
/// <param name="environment">The environment variables of the process.</param>
internal sealed class SettingsLoader(string? file, IReadOnlyList<RawSetting> flags, IDictionary environment)
{
    private const string Prefix = "STS_WEBHOOK__";

    /// <summary>
    /// The parts of the longest key. In a variable's name, two more underscores belong to the last part, as in
    /// <c>injection.extraEnv</c> for a variable <c>MY__VARIABLE</c>.
    /// </summary>
    private static readonly int MaxParts = SettingKeys.All.Max(key => key.Name.Split('.').Length);

    /// <summary>The settings file; null if there is none. Its change detection starts from the last <see cref="Load"/>.</summary>
    public PolledFile? File { get; } = file is null ? null : new PolledFile(file);

    /// <summary>Reads all sources.</summary>
    /// <exception cref="ConfigurationException">A key is unknown, or a value is not allowed.</exception>
    public ServerSettings Load()
    {
        var settings = new ServerSettings();
        IEnumerable<RawSetting> sources = [.. File is null ? [] : SettingsFile.Read(File), .. ReadEnvironment(), .. flags];
        foreach (var raw in sources)
        {
            settings = Apply(settings, raw);
        }

        return settings;
    }

    private IEnumerable<RawSetting> ReadEnvironment() =>
        environment.Keys.Cast<string>()
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(name => new RawSetting(
                string.Join('.', name[Prefix.Length..].Split("__", MaxParts)),
                (string?)environment[name] ?? string.Empty,
                name));

    private static ServerSettings Apply(ServerSettings settings, RawSetting raw)
    {
        foreach (var key in SettingKeys.All)
        {
            if (Matches(key.Name, raw.Key, out var member))
            {
                return key.TryApply(settings, raw.Value, member)
                    ?? throw new ConfigurationException(
                        $"{raw.Origin}: {raw.Key}: '{raw.Value}' is not allowed: expected {key.Allowed}");
            }
        }

        throw new ConfigurationException(
            $"{raw.Origin}: {raw.Key}: unknown setting: "
            + $"expected one of {string.Join(", ", SettingKeys.All.Select(k => k.Name))}");
    }

    /// <summary>
    /// Whether a written key is a key of the table. Case, dashes and underscores are ignored, because the name of an
    /// environment variable can only contain underscores. The part that <c>*</c> stands for is used exactly as written.
    /// </summary>
    private static bool Matches(string key, string written, out string member)
    {
        member = string.Empty;
        if (key.EndsWith('*'))
        {
            var dots = key.Count(c => c == '.');
            var parts = written.Split('.', dots + 1);
            if (parts.Length <= dots)
            {
                return false;
            }

            member = parts[dots];
            return Normalize(key[..^2]) == Normalize(string.Join('.', parts.Take(dots)));
        }

        return Normalize(key) == Normalize(written);
    }

    private static string Normalize(string key) => key
        .Replace("_", string.Empty, StringComparison.Ordinal)
        .Replace("-", string.Empty, StringComparison.Ordinal)
        .ToLowerInvariant();
}
