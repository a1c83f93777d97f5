namespace StsWebhook.Tests.Support;

/// <summary>The native binary, serving on its own ports.</summary>
internal sealed class ServingProcess : IAsyncDisposable
{
    private readonly TemporaryFolder folder;

    private ServingProcess(NativeProcess process, TemporaryFolder folder, WebhookClient client)
    {
        Process = process;
        Client = client;
        this.folder = folder;
    }

    public NativeProcess Process { get; }

    public WebhookClient Client { get; }

    public static Task<ServingProcess> StartAsync(params (string Name, string Value)[] environment) =>
        StartAsync([], environment);

    public static Task<ServingProcess> StartAsync(string[] arguments, params (string Name, string Value)[] environment) =>
        StartWithClusterAsync(["--cluster", "none", "--nodes", Recordings.Nodes, .. arguments], environment);

    /// <summary>Starts the binary under a memory limit.</summary>
    public static Task<ServingProcess> StartWithinAsync(MemoryLimit? limit, params (string Name, string Value)[] environment) =>
        StartAsync(limit, ["--cluster", "none", "--nodes", Recordings.Nodes], environment);

    /// <summary>Starts the binary with arguments that include the cluster.</summary>
    public static Task<ServingProcess> StartWithClusterAsync(
        string[] arguments, params (string Name, string Value)[] environment) =>
        StartAsync(limit: null, arguments, environment);

    private static async Task<ServingProcess> StartAsync(
        MemoryLimit? limit, string[] arguments, (string Name, string Value)[] environment)
    {
        var own = new TemporaryFolder();
        var process = NativeProcess.Start(
            limit,
            [
                "serve", "--https-port", "0", "--management-port", "0", "--tls", "ephemeral", "--tls-dir", own.Path,
                .. arguments,
            ],
            environment);
        try
        {
            var ports = await NativePorts.OfAsync(process);
            return new ServingProcess(process, own, new WebhookClient(ports.Https, ports.Management, own["tls.crt"]));
        }
        catch
        {
            await process.DisposeAsync();
            own.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Process.DisposeAsync();
        folder.Dispose();
    }
}
