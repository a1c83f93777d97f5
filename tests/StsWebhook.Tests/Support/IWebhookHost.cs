using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>Runs the webhook.</summary>
public interface IWebhookHost : IAsyncLifetime
{
    /// <summary>The client of the webhook.</summary>
    WebhookClient Client { get; }
}
