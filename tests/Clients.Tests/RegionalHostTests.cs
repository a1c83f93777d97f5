using StsWebhook.Clients.Tests.Clients;
using StsWebhook.Clients.Tests.Situations;
using Xunit;

namespace StsWebhook.Clients.Tests;

[Collection(nameof(MeasuredTests))]
public sealed class RegionalHostTests(Measurements measurements)
{
    [Theory]
    [MemberData(nameof(Client.Names), MemberType = typeof(Client))]
    public void Client_InMutatedPod_CallsTheRegionalHostAndNoOther(string name)
    {
        var client = MeasuredTests.Installed(name);

        Assert.All([ClientScenario.After, .. ClientScenario.Elsewhere], situation => Assert.All(
            Enum.GetValues<Credentials>(),
            credentials => Assert.Equal([situation.RegionalHost], measurements.Of(client, situation, credentials).Hosts)));
    }

    /// <summary>docs/clients.md says which client supports which recipe; a client that does not must call the regional host.</summary>
    [Theory]
    [MemberData(nameof(Client.Names), MemberType = typeof(Client))]
    public void Client_WithRecipe_CallsTheHostOfTheRecipeOrTheRegionalOne(string name)
    {
        var client = MeasuredTests.Installed(name);

        Assert.All(ClientScenario.Recipes, situation => Assert.All(Enum.GetValues<Credentials>(), credentials =>
        {
            var host = Assert.Single(measurements.Of(client, situation, credentials).Hosts);
            Assert.True(host == situation.Host || host == situation.RegionalHost, host);
        }));
    }

    /// <summary>Without the webhook the same clients call the global host. This proves that the tests above can fail.</summary>
    [Theory]
    [InlineData("boto3")]
    [InlineData("dotnet-v3")]
    [InlineData("go-v1")]
    [InlineData("js-v2")]
    public void OldClient_InPodThatIsNotMutated_CallsTheGlobalHost(string name)
    {
        var client = MeasuredTests.Installed(name);

        Assert.All(ClientScenario.Before, situation => Assert.All(
            Enum.GetValues<Credentials>(),
            credentials => Assert.Equal([ClientScenario.GlobalHost], measurements.Of(client, situation, credentials).Hosts)));
    }
}
