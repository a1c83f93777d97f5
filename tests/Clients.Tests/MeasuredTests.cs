using StsWebhook.Clients.Tests.Clients;
using Xunit;

namespace StsWebhook.Clients.Tests;

/// <summary>Tests that share one run of all clients.</summary>
[CollectionDefinition(nameof(MeasuredTests))]
public sealed class MeasuredTests : ICollectionFixture<Measurements>
{
    /// <summary>The client of this name; where it is not here, the test is skipped.</summary>
    internal static Client Installed(string name)
    {
        var client = Client.Of(name);
        Assert.SkipUnless(client.IsInstalled, client.Missing);
        return client;
    }
}
