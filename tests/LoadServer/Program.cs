using Microsoft.AspNetCore.Builder;
using StsWebhook.Http;
using StsWebhook.LoadServer;
using StsWebhook.Settings;

// As `sts-webhook serve`, by settings from the environment.
var loader = new SettingsLoader(file: null, flags: [], Environment.GetEnvironmentVariables());
var server = WebhookServer.Create(loader.Load(), loader, TimeProvider.System, app => app.Use(ComparedEndpoints.HandleAsync));
await using (server)
{
    await server.RunAsync(CancellationToken.None);
}
