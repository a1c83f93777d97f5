using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Clients.Tests.Clients;

/// <summary>A program that calls sts:GetCallerIdentity with one SDK and its default settings.</summary>
/// <param name="Name">The name of its launcher.</param>
/// <param name="Title">The usual name of the SDK.</param>
/// <param name="IsPinned">Whether <c>.ci/install-clients</c> pins its version; versions from Debian depend on the machine's release.</param>
internal sealed record Client(string Name, string Title, bool IsPinned)
{
    public static IReadOnlyList<Client> All { get; } =
    [
        new("boto3", "Python, boto3", IsPinned: false),
        new("cli-v1", "AWS CLI v1", IsPinned: true),
        new("cli-v2", "AWS CLI v2", IsPinned: false),
        new("dotnet-v3", ".NET v3", IsPinned: true),
        new("dotnet-v4", ".NET v4", IsPinned: true),
        new("go-v1", "Go v1", IsPinned: false),
        new("go-v2", "Go v2", IsPinned: false),
        new("js-v2", "JavaScript v2", IsPinned: true),
        new("js-v3", "JavaScript v3", IsPinned: true),
        new("ruby", "Ruby v3", IsPinned: false),
    ];

    /// <summary>The names of all clients, for theories.</summary>
    public static TheoryData<string> Names => [.. All.Select(client => client.Name)];

    /// <summary>The clients that are installed.</summary>
    public static IReadOnlyList<Client> Installed { get; } = [.. All.Where(client => client.IsInstalled)];

    /// <summary>The command that starts the client.</summary>
    public string Launcher => Repository.PathOf($".tools/clients/bin/{Name}");

    public bool IsInstalled => File.Exists(Launcher);

    public string Missing => $"{Title} is not here: .ci/install-clients fetches it where it can be had";

    public static Client Of(string name) => All.Single(client => client.Name == name);

    public override string ToString() => Name;
}
