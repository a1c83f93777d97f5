using StsWebhook.Clients.Tests.Clients;
using Xunit;

namespace StsWebhook.Clients.Tests.Pages;

/// <summary>docs/clients.md contains what was measured; <c>make docs</c> rewrites it with UPDATE_GOLDEN=1.</summary>
[Collection(nameof(MeasuredTests))]
public sealed class ClientsPageTests(Measurements measurements)
{
    private static readonly MarkedPage Page = new("clients.md");

    [Theory]
    [MemberData(nameof(Client.Names), MemberType = typeof(Client))]
    public void Row_MatchesWhatTheClientDid(string name)
    {
        var client = MeasuredTests.Installed(name);
        Assert.SkipWhen(MarkedPage.IsUpdating, "the page is being written");

        foreach (var table in ClientTable.All)
        {
            var documented = Page[table.Name].Single(line => line.StartsWith(ClientTable.BeginningOf(client), StringComparison.Ordinal));
            var measured = table.Row(client, measurements);
            Assert.SkipWhen(
                !client.IsPinned && Version(documented) != Version(measured),
                $"docs/clients.md has another version of {client.Title} than this machine: run `make docs` to update it");
            Assert.Equal(measured, documented);
        }
    }

    [Fact(Explicit = true)]
    public void Page_IsWritten()
    {
        Assert.Equal(Client.All, Client.Installed);

        foreach (var table in ClientTable.All)
        {
            Page[table.Name] = table.Lines(measurements);
        }
    }

    private static string Version(string row) => row.Split(" | ")[0];
}
