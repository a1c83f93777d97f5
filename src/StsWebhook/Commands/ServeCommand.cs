using StsWebhook.Http;
using StsWebhook.Output;

namespace StsWebhook.Commands;

/// <summary><c>sts-webhook serve</c>: runs the webhook until SIGTERM or SIGINT.</summary>
internal static class ServeCommand
{
    private static readonly SettingOptions Settings = SettingOptions.ForServe();

    /// <summary>The command.</summary>
    public static CommandDefinition Definition { get; } = new(
        "serve",
        "Answer admission reviews. Flags override environment variables STS_WEBHOOK__*, which override the settings file.",
        RunAsync)
    {
        Options = Settings.Options,
    };

    private static async Task<ExitCode> RunAsync(CommandInvocation invocation, CancellationToken cancellation)
    {
        var loader = Settings.CreateLoader(invocation.Parsed);
        var server = WebhookServer.Create(loader.Load(), loader, TimeProvider.System);
        await using (server.ConfigureAwait(false))
        {
            await server.RunAsync(cancellation).ConfigureAwait(false);
            return ExitCode.Success;
        }
    }
}
