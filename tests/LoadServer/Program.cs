using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using StsWebhook.Http;
using StsWebhook.LoadServer;
using StsWebhook.Settings;

// The same server as `sts-webhook serve`, with settings from the environment and the endpoints to compare with.
var loader = new SettingsLoader(file: null, flags: [], Environment.GetEnvironmentVariables());
var builder = WebhookServer.CreateBuilder(loader.Load(), loader, TimeProvider.System);
builder.Services.AddSingleton<IStartupFilter, ComparedEndpoints>();
var server = WebhookServer.Build(builder);
await using (server)
{
    await server.RunAsync(CancellationToken.None);
}
