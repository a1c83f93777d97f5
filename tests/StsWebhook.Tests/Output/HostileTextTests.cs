using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using StsWebhook.Audit.Output;
using StsWebhook.CloudTrail;
using StsWebhook.CloudTrail.Output;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Regions;
using StsWebhook.Input;
using StsWebhook.Manifests;
using StsWebhook.Manifests.Output;
using StsWebhook.Manifests.Reading;
using StsWebhook.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Output;

/// <summary>
/// Names, user agents and file names come from strangers, and end up on terminals: none may move the cursor, turn the
/// direction of writing, or begin a line of its own.
/// </summary>
public sealed class HostileTextTests
{
    private const string Hostile = "x\e[31m\r\nforged: \u009b2J\u2028\u202e\u0000\u007f";

    public static TheoryData<string> Terminals => ["none", "narrow"];

    [Theory]
    [MemberData(nameof(Terminals))]
    public void Check_Table_StaysHarmless(string terminal)
    {
        var report = Check();

        var output = Written(o => TableOutput.Write(report, TerminalOf(terminal), o));

        Assert.NotEqual(0, report.Count(Findings.FindingLevel.Error));
        AssertHarmless(output);
    }

    [Fact]
    public void Check_Documents_StayHarmless()
    {
        var report = Check();

        AssertHarmless(Written(o => JsonOutput.Write(report, o)));
        AssertHarmless(Written(o => SarifOutput.Write(report, o)));
        AssertHarmless(Written(o => PatchedOutput.Write(report, o)));
    }

    [Theory]
    [MemberData(nameof(Terminals))]
    public async Task Audit_Outputs_StayHarmless(string terminal)
    {
        await using var server = await StubApiServer.StartAsync();
        server.Lists.Put(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = Hostile, ["labels"] = new JsonObject { ["sts-webhook.io/inject"] = "enabled" } },
        });
        server.Lists.Put(Pod());

        var report = await AuditedCluster.AuditAsync(server, cancellation: TestContext.Current.CancellationToken);

        Assert.NotEmpty(report.Findings);
        AssertHarmless(Written(o => AuditTable.Write(report, TerminalOf(terminal), o)));
        AssertHarmless(Written(o => AuditJson.Write(report, (int)report.ExitCode, o)));
    }

    [Theory]
    [MemberData(nameof(Terminals))]
    public void CloudTrail_Outputs_StayHarmless(string terminal)
    {
        var log = new JsonObject
        {
            ["eventSource"] = "sts.amazonaws.com",
            ["userAgent"] = Hostile,
            ["sourceIPAddress"] = Hostile,
            ["awsRegion"] = Hostile,
            ["userIdentity"] = new JsonObject { ["arn"] = Hostile },
            ["tlsDetails"] = new JsonObject { ["clientProvidedHostHeader"] = "sts.amazonaws.com" },
        }.ToJsonString();
        var report = new LogAnalysis(since: null).Analyse(
            [new InputFile("log", () => new MemoryStream(Encoding.UTF8.GetBytes(log))), new InputFile(Hostile, Hostile)]);

        Assert.Single(report.Groups);
        AssertHarmless(Written(o => CallTable.Write(report, TerminalOf(terminal), o)));
        AssertHarmless(Written(o => CallCsv.Write(report, o)));
        AssertHarmless(Written(o => CallJson.Write(report, o)));
    }

    private static JsonObject Pod() => new()
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Pod",
        ["metadata"] = new JsonObject
        {
            ["name"] = Hostile,
            ["namespace"] = Hostile,
            ["annotations"] = new JsonObject { ["sts-webhook.io/" + Hostile] = Hostile },
            ["ownerReferences"] = new JsonArray(new JsonObject { ["kind"] = Hostile, ["name"] = Hostile, ["controller"] = true }),
        },
        ["spec"] = new JsonObject
        {
            ["containers"] = new JsonArray(new JsonObject
            {
                ["name"] = Hostile,
                ["env"] = new JsonArray(new JsonObject { ["name"] = Hostile, ["value"] = "https://sts.amazonaws.com" }),
            }),
        },
    };

    private static CheckReport Check() => new ManifestCheck(new ReviewSettings(), NodeTable.Empty, readConfigMaps: true).Check(
    [
        // No system has NUL in the name of a file.
        ManifestFile.Read(new InputFile(Hostile.Replace("\0", string.Empty, StringComparison.Ordinal) + ".json", () => new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(Pod())))),
    ]);

    private static Terminal TerminalOf(string name) => name == "none" ? Terminal.None : new Terminal(HasColours: false, Width: 60);

    private static string Written(Action<TextWriter> write)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(output);
        return output.ToString();
    }

    private static void AssertHarmless(string output)
    {
        Assert.DoesNotContain(output.Where(c => c != '\n'), c => char.GetUnicodeCategory(c)
            is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        Assert.DoesNotContain(output.Split('\n'), line => line.TrimStart().StartsWith("forged", StringComparison.Ordinal));
    }
}
