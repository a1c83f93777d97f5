namespace StsWebhook.Tests.Support;

/// <summary>The webhook as the native binary.</summary>
public sealed class NativeHost : IWebhookHost
{
    private ServingProcess? process;

    public WebhookClient Client => process!.Client;

    public async ValueTask InitializeAsync() => process = await ServingProcess.StartAsync();

    public ValueTask DisposeAsync() => process is null ? ValueTask.CompletedTask : process.DisposeAsync();
}
