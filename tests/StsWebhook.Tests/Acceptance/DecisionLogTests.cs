using System.Net;
using System.Text.Json;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>A decision is one line; what changes nothing for anyone is one only at debug.</summary>
public sealed class DecisionLogTests
{
    private const int Denied = 10;
    private const int Warned = 11;
    private const int Passed = 12;
    private const int Refused = 13;

    [Fact]
    public async Task Serve_AtTheDefaultLevel_LogsWhatSomebodyShouldSee()
    {
        var lines = await LinesOfAsync();

        Assert.Equal([Denied, Warned, Refused], lines.Select(line => line.GetProperty("EventId").GetInt32()));
        var state = lines[0].GetProperty("State");
        Assert.Equal("pods", state.GetProperty("Resource").GetString());
        Assert.Equal("payments", state.GetProperty("Namespace").GetString());
        Assert.Equal("backfill-*", state.GetProperty("Name").GetString());
        Assert.Equal("Job/backfill", state.GetProperty("Owner").GetString());
        Assert.Equal((string?)Recordings.Json(Recordings.Global)["request"]!["uid"], state.GetProperty("Uid").GetString());
        Assert.Contains("global-endpoint at spec.containers[0].env[AWS_ENDPOINT_URL_STS].value", state.GetProperty("Findings").GetString(), StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal("Information", line.GetProperty("LogLevel").GetString()));
        Assert.All(lines, line => Assert.EndsWith("Z", line.GetProperty("Timestamp").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_AtDebug_LogsWhatPassesToo()
    {
        var lines = await LinesOfAsync(("STS_WEBHOOK__LOG_LEVEL", "debug"));

        Assert.Equal([Passed, Denied, Warned, Passed, Refused], lines.Select(line => line.GetProperty("EventId").GetInt32()));
        Assert.Equal("eu-west-1", lines[0].GetProperty("State").GetProperty("Region").GetString());
        Assert.Equal("node", lines[0].GetProperty("State").GetProperty("Source").GetString());
        Assert.Equal("ignored", lines[3].GetProperty("State").GetProperty("Decision").GetString());
    }

    [Fact]
    public async Task Serve_ClientsThatGoAwayWithinABody_AreNoErrors()
    {
        const int Clients = 25;
        await using var serving = await ServingProcess.StartAsync();
        for (var i = 0; i < Clients; i++)
        {
            var connection = await serving.Client.ConnectAsync();
            await connection.SendAsync(
                "POST /mutate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\nExpect: 100-continue\r\n\r\n");
            Assert.Equal(HttpStatusCode.Continue, (await connection.ReceiveAsync()).Status);
            await connection.SendAsync("{");
            connection.Reset();
        }

        await Eventually.HoldsAsync("a line about each lost request", () =>
            serving.Process.Output.Count(line => line.Contains("the client closed the connection", StringComparison.Ordinal)) == Clients);
        await serving.Process.TerminateAsync();
        Assert.Equal(0, await serving.Process.ExitCodeAsync());
        Assert.DoesNotContain(serving.Process.Output, line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
    }

    /// <summary>More lines than the pipe and the queue before it hold: some are lost then, but no review waits for them.</summary>
    [Fact]
    public async Task Serve_NobodyReadsTheLog_AnswersOn()
    {
        const int Lines = 4000;
        await using var serving = await ServingProcess.StartAsync();
        serving.Process.StopReading();

        for (var i = 0; i < Lines; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Global))).Status);
        }
    }

    /// <summary>One request of each kind, one after the other, and the lines about them.</summary>
    private static async Task<JsonElement[]> LinesOfAsync(params (string Name, string Value)[] environment)
    {
        await using var serving = await ServingProcess.StartAsync(environment);
        await serving.Client.PostAsync("/mutate", Recordings.Bytes("pods-create-pinned-to-zone"));
        await serving.Client.PostAsync("/mutate", Recordings.Bytes(Recordings.Global));
        await serving.Client.PostAsync("/mutate/warn", Recordings.Bytes(Recordings.Global));
        await serving.Client.PostAsync("/mutate", Recordings.Bytes("jobs-create-backfill"));
        await serving.Client.PostAsync("/mutate", "{"u8.ToArray());
        await serving.Process.TerminateAsync();
        Assert.Equal(0, await serving.Process.ExitCodeAsync());
        return Parse(serving.Process.Output);
    }

    private static JsonElement[] Parse(IEnumerable<string> lines) =>
    [
        .. lines.Select(line => JsonDocument.Parse(line).RootElement.Clone())
            .Where(line => line.GetProperty("EventId").GetInt32() is >= Denied and <= Refused),
    ];
}
