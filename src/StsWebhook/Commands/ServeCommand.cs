using System.CommandLine;
using StsWebhook.Http;
using StsWebhook.Settings;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook serve</c>: answers the API server until it is told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>Makes the command; its options are the settings that have a flag.</summary>
    public static Command Create()
    {
        var options = SettingKeys.All
            .Where(key => key.Flag is not null)
            .ToDictionary(key => key, key => new Option<string?>(key.Flag!) { Description = key.Help, HelpName = key.Placeholder });
        var config = new Option<string?>("--config")
        {
            Description = "A JSON file with these and all further settings; it is watched, and a valid change applies at once.",
            HelpName = "FILE",
        };

        var command = new Command("serve", "Answer admission reviews. A flag beats an environment variable STS_WEBHOOK__*, which beats the file.");
        foreach (var option in options.Values)
        {
            command.Options.Add(option);
        }

        command.Options.Add(config);
        command.SetAction((parsed, cancellation) => RunAsync(
            new SettingsLoader(
                parsed.GetValue(config),
                [.. options
                    .Where(o => parsed.GetValue(o.Value) is not null)
                    .Select(o => new RawSetting(o.Key.Name, parsed.GetValue(o.Value)!, o.Key.Flag!))],
                Environment.GetEnvironmentVariables()),
            parsed.InvocationConfiguration.Error,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(SettingsLoader loader, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var settings = loader.Load();
            var server = WebhookServer.Create(settings, loader, TimeProvider.System);
            await using (server.ConfigureAwait(false))
            {
                await server.RunAsync(cancellation).ConfigureAwait(false);
                return 0;
            }
        }
        catch (UnusableSettingException e)
        {
            await error.WriteLineAsync($"sts-webhook: {e.Message}").ConfigureAwait(false);
            return UsageError.ExitCode;
        }
    }
}
