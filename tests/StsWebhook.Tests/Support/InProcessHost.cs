using System.Collections;
using Microsoft.Extensions.Logging;
using StsWebhook.Http;
using StsWebhook.Settings;

namespace StsWebhook.Tests.Support;

/// <summary>The webhook in the test's process, where a debugger and coverage tools work.</summary>
public sealed class InProcessHost : IWebhookHost
{
    private readonly TemporaryFolder folder = new();
    private WebhookServer? server;
    private WebhookClient? client;

    public WebhookClient Client => client!;

    public async ValueTask InitializeAsync()
    {
        var settings = new ServerSettings
        {
            Startup = new StartupSettings { HttpsPort = 0, ManagementPort = 0, TlsDirectory = folder.Path, NodesFile = Recordings.Nodes },
            Reloadable = new ReloadableSettings { LogLevel = LogLevel.None },
        };
        server = WebhookServer.Create(settings, new SettingsLoader(file: null, flags: [], new Hashtable()), TimeProvider.System);
        await server.StartAsync(CancellationToken.None);
        client = new WebhookClient(server.HttpsPort, server.ManagementPort, folder["tls.crt"]);
    }

    public async ValueTask DisposeAsync()
    {
        client?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }
}
