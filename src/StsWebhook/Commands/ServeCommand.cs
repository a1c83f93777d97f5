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
        var settings = new SettingOptions(
            "A JSON file with these and all further settings; it is watched, and a valid change applies at once.",
            [.. from key in SettingKeys.All
                where key.Flag is not null
                select (new Option<string?>(key.Flag!) { Description = key.Help, HelpName = key.Placeholder }, key.Name)]);
        var command = new Command("serve", "Answer admission reviews. A flag beats an environment variable STS_WEBHOOK__*, which beats the file.");
        settings.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            settings.Loader(parsed), parsed.InvocationConfiguration.Error, cancellation));
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
        catch (ConfigurationException e)
        {
            await error.WriteLineAsync($"sts-webhook: {e.Message}").ConfigureAwait(false);
            return UsageError.ExitCode;
        }
    }
}
