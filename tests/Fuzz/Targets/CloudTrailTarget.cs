using System.IO.Compression;
using System.Text;
using System.Text.Json;
using StsWebhook.CloudTrail;
using StsWebhook.CloudTrail.Output;
using StsWebhook.Fuzz.Engine;
using StsWebhook.Fuzz.Mutation;
using StsWebhook.Fuzz.Oracles;
using StsWebhook.Input;
using StsWebhook.Output;

namespace StsWebhook.Fuzz.Targets;

/// <summary>CloudTrail logs: valid, damaged, compressed, truncated.</summary>
internal sealed class CloudTrailTarget : IFuzzTarget
{
    /// <summary>The size of the reader's first buffer (EventBuffer): an event that crosses its end is parsed again.</summary>
    private const int Portion = 128 * 1024;

    private static readonly Choice<Func<byte[], byte[]>> Forms = new(
        ("plain", static log => log),
        ("gzip", Compressed),
        ("cut", static log => Compressed(log)[..^1]),
        ("flipped", Flipped));

    /// <inheritdoc/>
    public string Name => "cloudtrail";

    /// <inheritdoc/>
    public int CostFactor => 1;

    /// <inheritdoc/>
    public IEnumerable<byte[]> Seeds()
    {
        var log = Fixtures.Bytes("cloudtrail/events.json");
        yield return Headed.Join("plain", log);
        yield return Headed.Join("gzip", log);
        foreach (var (_, value) in JsonTree.TryParse(log)!.Children[0].Value.Children)
        {
            var text = value.ToUtf8();
            yield return Headed.Join("plain", [.. "{\"Records\":["u8, .. text, .. "]}"u8]);
            yield return Headed.Join("flipped", text);
            yield return Headed.Join("cut", [.. text, (byte)'\n', .. text]);
            yield return Headed.Join(
                "plain", JsonTree.Object(("Events", JsonTree.Array(JsonTree.Object(("CloudTrailEvent", JsonTree.String(Encoding.UTF8.GetString(text))))))).ToUtf8());
        }
    }

    /// <inheritdoc/>
    public byte[] Mutate(byte[] input, byte[] other, Random random) =>
        Headed.Mutate(input, other, random, static (_, random) => Forms.Any(random), JsonMutator.Mutate);

    /// <inheritdoc/>
    public IEnumerable<byte[]> Smaller(byte[] input) => Headed.Smaller(input, JsonMutator.Smaller);

    /// <inheritdoc/>
    public Action Run(byte[] input)
    {
        var (head, body) = Headed.Split(input);
        var report = Analyse(Forms[head](body));
        using var output = new StringWriter();
        CallTable.Write(report, Terminal.None, output);
        CallTable.Write(report, new Terminal(HasColours: true, Width: 60), output);
        CallCsv.Write(report, output);
        output.GetStringBuilder().Clear();
        CallJson.Write(report, output);
        var json = output.ToString();
        return () => Judge(head, body, report, json);
    }

    private static CloudTrailReport Analyse(byte[] log) =>
        new LogAnalysis(since: null).Analyse([new InputFile("log", () => new MemoryStream(log))]);

    private static void Judge(string head, byte[] body, CloudTrailReport report, string json)
    {
        JsonDocument.Parse(json).Dispose();
        Holds.That(
            report.Events >= report.StsCalls && report.StsCalls >= report.Global.Calls && report.Groups.Sum(g => g.Counts.Calls) + report.Ungrouped == report.Global.Calls,
            "events are more than calls, and these than global ones, each of which has a caller",
            () => json);
        Holds.That(report.Logs == 1 || report.Damaged.Count == 1 || report.Events == 0, "a file that is not a log is damaged, or has no events", () => json);
        if (Forms[head] == Forms["gzip"] && body is not [0x1f, 0x8b, ..])
        {
            Holds.Same(Summary(Analyse(body)), Summary(report), "a compressed log says the same");
        }
        else if (Forms[head] == Forms["plain"] && body is not ([0xEF, 0xBB, 0xBF, ..] or [0x1f, 0x8b, ..] or []))
        {
            JudgeCalls(body, report);
            if (body.Length % 8 == 0)
            {
                byte[] shifted = [.. Enumerable.Repeat((byte)' ', Portion - Math.Min(body.Length / 2, Portion)), .. body];
                Holds.Same(Summary(report), Summary(Analyse(shifted)), "the position of an event in a log does not matter");
            }
        }
    }

    /// <summary>Counts the calls of an ordinary log without the program.</summary>
    private static void JudgeCalls(byte[] body, CloudTrailReport report)
    {
        if (JsonTree.TryParse(body) is not { Kind: JsonValueKind.Object, HasDuplicates: false, Children: [("Records", { Kind: JsonValueKind.Array } records)] })
        {
            return;
        }

        var events = records.Children.Select(record => record.Value).Where(record => record.Kind == JsonValueKind.Object).ToArray();
        if (Array.Exists(events, e => TextOf(e, "CloudTrailEvent") is not null) || records.Height > 200)
        {
            return;
        }

        var calls = events.Where(e => TextOf(e, "eventSource") == "sts.amazonaws.com").ToArray();
        Holds.Same($"{calls.Length}", $"{report.StsCalls}", "every call of STS counts");
        var global = calls.Count(c => TextOf(Member(Member(c, "additionalEventData"), "RequestDetails"), "endpointType") == "global");
        Holds.That(report.Global.Calls >= global, "every call of the global endpoint counts", () => $"{report.Global.Calls} of {global}");
    }

    private static string Summary(CloudTrailReport report)
    {
        using var output = new StringWriter();
        CallCsv.Write(report, output);
        return $"{report.Logs} {report.Events} {report.StsCalls} {report.Damaged.Count} {output}";
    }

    private static JsonTree? Member(JsonTree? of, string name) =>
        of is { Kind: JsonValueKind.Object } ? of.Children.Find(child => child.Key == name).Value : null;

    private static string? TextOf(JsonTree? of, string name) =>
        Member(of, name) is { Kind: JsonValueKind.String } member ? member.Text : null;

    private static byte[] Flipped(byte[] log)
    {
        var damaged = Compressed(log);
        damaged[(log.Length + 10) % damaged.Length] ^= 0x10;
        return damaged;
    }

    private static byte[] Compressed(byte[] log)
    {
        if (log.Length == 0)
        {
            return [0x1f, 0x8b];
        }

        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest))
        {
            gzip.Write(log);
        }

        return output.ToArray();
    }
}
