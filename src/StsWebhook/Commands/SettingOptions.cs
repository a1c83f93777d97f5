using System.CommandLine;
using StsWebhook.Settings;

namespace StsWebhook.Commands;

/// <summary>
/// The options of a command that are settings, and <c>--config</c>. Names and help come from <see cref="SettingKeys"/>.
/// </summary>
internal sealed class SettingOptions
{
    private readonly IReadOnlyList<(SettingKey Key, Option<string?> Option)> options;
    private readonly Option<string?> config;

    private SettingOptions(IEnumerable<SettingKey> keys, string configHelp)
    {
        options = [.. keys.Select(key =>
            (key, new Option<string?>(key.Flag!) { Description = key.FlagHelp, HelpName = key.Placeholder }))];
        config = new Option<string?>("--config") { Description = configHelp, HelpName = "FILE" };
    }

    /// <summary>The options in the order of the help.</summary>
    public IReadOnlyList<Option> Options => [.. options.Select(o => o.Option), config];

    /// <summary>All options of <c>serve</c>.</summary>
    public static SettingOptions ForServe() => new(
        SettingKeys.All.Where(key => key is { Flag: not null, IsServeFlag: true }),
        "JSON settings file, watched for changes. The log says when a change needs a restart.");

    /// <summary>The options of a command that uses some settings of <c>serve</c>.</summary>
    /// <param name="names">The settings. Each has a flag.</param>
    public static SettingOptions For(params IEnumerable<string> names) => new(
        names.Select(SettingKeys.Find),
        "Settings file of serve; its keys policy, injection, region and nodes are used.");

    /// <summary>
    /// The options of a command that acts on managed certificates. The parameter has the same meaning as in <see cref="For"/>.
    /// </summary>
    public static SettingOptions ForCertificates(params IEnumerable<string> names) => new(
        names.Select(SettingKeys.Find),
        "Settings file of serve; its keys certificates and kubeconfig are used.");

    /// <summary>Creates the option of commands that connect to a cluster as kubectl does. It is not a setting.</summary>
    public static Option<string?> CreateContext() => new("--context")
    {
        Description = "Context of the kubeconfig file. [default: its current context]",
        HelpName = "NAME",
    };

    /// <summary>Creates the loader that reads the file, the environment, and the options that were given.</summary>
    public SettingsLoader CreateLoader(ParseResult parsed) => new(
        parsed.GetValue(config),
        [.. from o in options
            let value = parsed.GetValue(o.Option)
            where value is not null
            select new RawSetting(o.Key.Name, value, o.Option.Name)],
        Environment.GetEnvironmentVariables());
}
