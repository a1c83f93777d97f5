using StsWebhook.Clients.Tests.Clients;
using Xunit;

namespace StsWebhook.Clients.Tests;

/// <summary>Tests that share one run of all clients.</summary>
[CollectionDefinition(nameof(MeasuredTests))]
public sealed class MeasuredTests : ICollectionFixture<Measurements>
{
    /// <summary>Returns a client; skips the test if the client is not installed.</summary>
    internal static Client Installed(string name)
    {
        var client = Client.Of(name);
        Assert.SkipUnless(client.IsInstalled, client.Missing);
        return client;
    }
}
