using System.Collections;
using StsWebhook.Files;

namespace StsWebhook.Settings;

/// <summary>
/// Puts the settings together from all three sources. The later of these wins:
/// <code>
/// defaults
/// the file       {"policy": {"enforce": "warn"}}
/// environment    STS_WEBHOOK__POLICY__ENFORCE=warn
/// flags          --region eu-west-1
/// </code>
/// </summary>
/// <param name="file">The settings file, or null.</param>
/// <param name="flags">What the command line says.</param>
/// <param name="environment">The process's environment variables.</param>
internal sealed class SettingsLoader(string? file, IReadOnlyList<RawSetting> flags, IDictionary environment)
{
    private const string Prefix = "STS_WEBHOOK__";

    /// <summary>What follows the last step is a name to the letter, as <c>MY__VARIABLE</c> in <c>injection.extraEnv</c>.</summary>
    private static readonly int MaxSteps = SettingKeys.All.Max(key => key.Name.Split('.').Length);

    /// <summary>The settings file; null if there is none. Its change detection starts from the last <see cref="Load"/>.</summary>
    public PolledFile? File { get; } = file is null ? null : new PolledFile(file);

    /// <summary>Reads all sources.</summary>
    /// <exception cref="ConfigurationException">A key is unknown, or a value is not allowed.</exception>
    public ServerSettings Load()
    {
        var settings = new ServerSettings();
        foreach (var raw in (IEnumerable<RawSetting>)[.. File is null ? [] : SettingsFile.Read(File), .. FromEnvironment(), .. flags])
        {
            settings = Apply(settings, raw);
        }

        return settings;
    }

    private IEnumerable<RawSetting> FromEnvironment() =>
        environment.Keys.Cast<string>()
            .Where(name => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(name => new RawSetting(
                string.Join('.', name[Prefix.Length..].Split("__", MaxSteps)),
                (string?)environment[name] ?? string.Empty,
                name));

    private static ServerSettings Apply(ServerSettings settings, RawSetting raw)
    {
        foreach (var key in SettingKeys.All)
        {
            if (Matches(key.Name, raw.Key, out var name))
            {
                return key.Apply(settings, raw.Value, name)
                    ?? throw new ConfigurationException($"{raw.Origin}: {raw.Key}: '{raw.Value}' is not allowed: expected {key.Allowed}");
            }
        }

        throw new ConfigurationException(
            $"{raw.Origin}: {raw.Key}: unknown setting: allowed are {string.Join(", ", SettingKeys.All.Select(k => k.Name))}");
    }

    /// <summary>
    /// Whether a key as written is the key of the table. Case, dashes and underscores do not count, since a variable's
    /// name has none but underscores; what <c>*</c> stands for is taken to the letter.
    /// </summary>
    private static bool Matches(string key, string written, out string name)
    {
        name = string.Empty;
        if (key.EndsWith('*'))
        {
            var steps = key.Count(c => c == '.');
            var parts = written.Split('.', steps + 1);
            if (parts.Length <= steps)
            {
                return false;
            }

            name = parts[steps];
            return Plain(key[..^2]) == Plain(string.Join('.', parts.Take(steps)));
        }

        return Plain(key) == Plain(written);
    }

    private static string Plain(string key) => key
        .Replace("_", string.Empty, StringComparison.Ordinal)
        .Replace("-", string.Empty, StringComparison.Ordinal)
        .ToLowerInvariant();
}
