using System.CommandLine;
using StsWebhook.Settings;

namespace StsWebhook.Commands;

/// <summary>The options of a command that are settings, and the one that names the file with all of them.</summary>
/// <param name="configHelp">What the file is for here.</param>
/// <param name="options">The options, and the keys of their settings.</param>
internal sealed class SettingOptions(string configHelp, params IReadOnlyList<(Option<string?> Option, string Key)> options)
{
    private readonly Option<string?> config = new("--config") { Description = configHelp, HelpName = "FILE" };

    /// <summary>Gives the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var (option, _) in options)
        {
            command.Options.Add(option);
        }

        command.Options.Add(config);
    }

    /// <summary>What puts the settings together from the file, the environment and the options that were given.</summary>
    public SettingsLoader Loader(ParseResult parsed) => new(
        parsed.GetValue(config),
        [.. from o in options
            let value = parsed.GetValue(o.Option)
            where value is not null
            select new RawSetting(o.Key, value, o.Option.Name)],
        Environment.GetEnvironmentVariables());
}
