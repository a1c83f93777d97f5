using System.CommandLine;
using StsWebhook.Settings;

namespace StsWebhook.Commands;

/// <summary>The option <c>--output</c> of a command. The first format is the default.</summary>
/// <typeparam name="TWriter">The delegate that writes one format.</typeparam>
/// <param name="description">The formats, for the help.</param>
/// <param name="formats">The formats by name.</param>
internal sealed class FormatOption<TWriter>(string description, params IReadOnlyList<(string Name, TWriter Writer)> formats)
{
    private readonly Option<string> option = new("--output")
    {
        // The parser adds the default to the help.
        Description = description,
        HelpName = string.Join('|', formats.Select(format => format.Name)),
        DefaultValueFactory = _ => formats[0].Name,
    };

    /// <summary>The option, for the parser.</summary>
    public Option Option => option;

    /// <summary>Returns the writer of the format that the command line names.</summary>
    /// <exception cref="ConfigurationException">There is no such format.</exception>
    public TWriter FindWriter(ParseResult parsed)
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
