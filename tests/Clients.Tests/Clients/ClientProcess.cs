using System.Diagnostics;
using System.Text.RegularExpressions;
using StsWebhook.Tests.Support;

namespace StsWebhook.Clients.Tests.Clients;

/// <summary>Runs a client in a container's environment until it exits. It can only reach the loopback address.</summary>
internal static partial class ClientProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Every client prints its version, as <c>boto3/1.26.27</c> or <c>CLI version: aws-cli/2.9.19</c>.</summary>
    [GeneratedRegex(@"^(.*CLI version: )?[\w-]+(\.[A-Za-z]+)?/(?<version>\d+(\.\d+)+)", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Version { get; }

    public static async Task<Outcome> RunAsync(Client client, IReadOnlyDictionary<string, string> container)
    {
        using var home = new TemporaryFolder();
        await using var log = new ConnectLog();
        var start = new ProcessStartInfo(client.Launcher)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in Image(home, log).Concat(container))
        {
            start.Environment[name] = value;
        }

        var said = await EndAsync(client, start);
        if (Version.Match(said) is not { Success: true } version)
        {
            throw new InvalidOperationException($"{client.Title} did not even start: {said}");
        }

        return log.Hosts is [] && !said.Contains("region", StringComparison.OrdinalIgnoreCase)
            ? throw new InvalidOperationException($"{client.Title} called no host although it has a region: {said}")
            : new Outcome(version.Groups["version"].Value, log.Hosts);
    }

    /// <summary>
    /// Variables that an image would set. With one attempt a client gives up soon; some respect it only in the mode "standard".
    /// </summary>
    private static Dictionary<string, string> Image(TemporaryFolder home, ConnectLog log) => new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["HOME"] = home.Path,
        ["HTTP_PROXY"] = log.Address,
        ["HTTPS_PROXY"] = log.Address,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
        ["AWS_MAX_ATTEMPTS"] = "1",
        ["AWS_RETRY_MODE"] = "standard",
    };

    private static async Task<string> EndAsync(Client client, ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return output + await error;
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{client.Title} has not ended within {Patience.TotalMinutes} minutes", e);
        }
    }
}
