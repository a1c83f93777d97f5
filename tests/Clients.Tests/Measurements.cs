using System.Collections.Concurrent;
using StsWebhook.Clients.Tests.Clients;
using StsWebhook.Clients.Tests.Pages;
using StsWebhook.Clients.Tests.Situations;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Clients.Tests;

/// <summary>Runs every installed client once in every situation with each kind of credentials.</summary>
public sealed class Measurements : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(Client Client, ClientScenario Situation, Credentials Credentials), Outcome> outcomes = new();

    public async ValueTask InitializeAsync()
    {
        if (Client.Installed is [])
        {
            return;
        }

        using var folder = new TemporaryFolder();
        // Some SDKs parse the token; none verifies it.
        var token = folder.Write("token", "e30.e30.c2ln");
        foreach (var situation in ClientScenario.All)
        {
            foreach (var credentials in Enum.GetValues<Credentials>())
            {
                var environment = await new AdmittedPod(situation, credentials, token).EnvironmentAsync();
                await Parallel.ForEachAsync(
                    Client.Installed,
                    async (client, _) => outcomes[(client, situation, credentials)] = await ClientProcess.RunAsync(client, environment));
            }
        }
    }

    /// <summary>Writes the tables to artifacts/clients.md.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!outcomes.IsEmpty)
        {
            var tables = ClientTable.All.SelectMany(table => table.Lines(this).Prepend(string.Empty));
            await File.WriteAllLinesAsync(Repository.PathOf("artifacts/clients.md"), tables);
        }
    }

    internal Outcome Of(Client client, ClientScenario situation, Credentials credentials) => outcomes[(client, situation, credentials)];

    internal string VersionOf(Client client) => Of(client, ClientScenario.After, Credentials.Keys).Version;
}
