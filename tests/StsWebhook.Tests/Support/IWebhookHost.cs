using Xunit;

namespace StsWebhook.Tests.Support;

/// <summary>Something that runs the webhook.</summary>
public interface IWebhookHost : IAsyncLifetime
{
    /// <summary>The way to it.</summary>
    WebhookClient Client { get; }
}
