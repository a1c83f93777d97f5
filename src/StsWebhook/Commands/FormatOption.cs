using System.CommandLine;
using StsWebhook.Settings;

namespace StsWebhook.Commands;

/// <summary>The option <c>--output</c> of a command: the formats that it can print, by name; the first is the default.</summary>
/// <typeparam name="TWriter">What prints a format.</typeparam>
internal sealed class FormatOption<TWriter>(string description, params IReadOnlyList<(string Name, TWriter Writer)> formats)
{
    private readonly Option<string> option = new("--output")
    {
        Description = $"{description} [default: {formats[0].Name}]",
        HelpName = string.Join('|', formats.Select(format => format.Name)),
        DefaultValueFactory = _ => formats[0].Name,
    };

    /// <summary>Gives the option to a command.</summary>
    public void AddTo(Command command) => command.Options.Add(option);

    /// <summary>What prints the format that was asked for.</summary>
    /// <exception cref="ConfigurationException">There is no such format.</exception>
    public TWriter Writer(ParseResult parsed)
    {
        var name = parsed.GetValue(option);
        foreach (var format in formats)
        {
            if (format.Name == name)
            {
                return format.Writer;
            }
        }

        throw new ConfigurationException(
            $"--output: '{name}' is not allowed: expected {string.Join(", ", formats.Select(format => format.Name))}");
    }
}
