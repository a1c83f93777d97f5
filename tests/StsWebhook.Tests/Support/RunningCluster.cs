using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>A stub of the API server with some nodes, and the native binary that watches it: new for each test.</summary>
public abstract class RunningCluster : IAsyncLifetime
{
    private StubApiServer? stub;
    private ClusterWebhook? running;

    private protected StubApiServer Server => stub!;

    private protected ClusterWebhook Webhook => running!;

    public async ValueTask InitializeAsync()
    {
        stub = await StubApiServer.StartAsync();
        Seed(stub.Cluster);
        running = await ClusterWebhook.StartWatchingAsync(stub, null, ("STS_WEBHOOK__LOG_LEVEL", LogLevel));
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
        {
            await running.DisposeAsync();
        }

        if (stub is not null)
        {
            await stub.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>The log level of the binary.</summary>
    protected virtual string LogLevel => "information";

    /// <summary>Adds the objects that exist before the binary starts.</summary>
    private protected abstract void Seed(StubCluster cluster);

    /// <summary>Stops the webhook and returns the stub, for a webhook with other settings.</summary>
    private protected async Task<StubApiServer> OwnServerAsync()
    {
        await Webhook.DisposeAsync();
        running = null;
        await Eventually.HoldsAsync("no watch", () => Server.Cluster.Watches == 0);
        return Server;
    }
}
