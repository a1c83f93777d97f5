using System.Text.Json;

namespace StsWebhook.Tests.Support;

/// <summary>The ports of the native binary.</summary>
internal sealed record NativePorts(int Https, int Management)
{
    /// <summary>Waits until the binary logs its ports.</summary>
    public static async Task<NativePorts> OfAsync(NativeProcess process)
    {
        var listens = await Eventually.GetAsync("the line that names the ports", () =>
            process.HasExited ? throw new InvalidOperationException(string.Join('\n', process.Output.Concat(process.Error)))
            : process.Output.FirstOrDefault(line => line.Contains("\"EventId\":1,", StringComparison.Ordinal)));
        using var line = JsonDocument.Parse(listens);
        var state = line.RootElement.GetProperty("State");
        return new NativePorts(state.GetProperty("HttpsPort").GetInt32(), state.GetProperty("ManagementPort").GetInt32());
    }
}
