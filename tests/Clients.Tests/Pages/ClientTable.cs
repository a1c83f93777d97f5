using StsWebhook.Clients.Tests.Clients;
using StsWebhook.Clients.Tests.Situations;

namespace StsWebhook.Clients.Tests.Pages;

/// <summary>A table of docs/clients.md: one row per client, one column per situation.</summary>
internal sealed record ClientTable(string Name, IReadOnlyList<ClientScenario> Situations)
{
    public static IReadOnlyList<ClientTable> All { get; } =
    [
        new("before and after", [.. ClientScenario.Before, ClientScenario.After]),
        new("elsewhere", [.. ClientScenario.Elsewhere, ClientScenario.Sovereign]),
        new("recipes", ClientScenario.Recipes),
    ];

    /// <summary>The lines of the table for the installed clients.</summary>
    public IReadOnlyList<string> Lines(Measurements measurements) =>
    [
        Row(["Client", .. Situations.Select(situation => situation.Title)]),
        Row(["---", .. Situations.Select(_ => "---")]),
        .. Client.Installed.Select(client => Row(client, measurements)),
    ];

    /// <summary>The start of a client's row, before its version.</summary>
    public static string BeginningOf(Client client) => $"| {client.Title} ";

    /// <summary>The row of a client.</summary>
    public string Row(Client client, Measurements measurements) => Row(
    [
        $"{client.Title} {measurements.VersionOf(client)}",
        .. Situations.Select(situation => Cell(client, situation, measurements)),
    ]);

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    private static string Cell(Client client, ClientScenario situation, Measurements measurements)
    {
        var keys = Text(situation, measurements.Of(client, situation, Credentials.Keys));
        var webIdentity = Text(situation, measurements.Of(client, situation, Credentials.WebIdentity));
        return keys == webIdentity ? keys : $"keys: {keys}; web identity: {webIdentity}";
    }

    private static string Text(ClientScenario situation, Outcome outcome) => outcome.Hosts switch
    {
        [] => "no call",
        [ClientScenario.GlobalHost] => $"**`{ClientScenario.GlobalHost}`**",
        [var host] when host == situation.Host => $"`{host}`",
        [var host] when host == situation.RegionalHost => $"ignored: `{host}`",
        var hosts => $"**wrong**: {string.Join(", ", hosts.Select(host => $"`{host}`"))}",
    };
}
