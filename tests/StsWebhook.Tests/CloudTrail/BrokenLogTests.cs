using System.IO.Compression;
using System.Text;
using CsCheck;
using StsWebhook.CloudTrail;
using StsWebhook.CloudTrail.Output;
using StsWebhook.Input;
using StsWebhook.Output;
using Xunit;

namespace StsWebhook.Tests.CloudTrail;

/// <summary>A sound log, cut and sprinkled with other bytes, before and after it is compressed.</summary>
public sealed class BrokenLogTests
{
    private static readonly byte[] Sound = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", "cloudtrail", "events.json"));

    private static readonly byte[] Compressed = Compress(Sound);

    private static readonly string[] Special = ["{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "\0", "\n", "é", "{\"Records\":[", "1e999"];

    private static readonly Gen<byte[]> Pieces = Gen.OneOf(
        Gen.OneOf([.. Special.Select(piece => Gen.Const(Encoding.UTF8.GetBytes(piece)))]),
        Gen.Byte.Array[1, 4]);

    [Fact]
    public void Analyse_AnyText_EndsInAReport() => Edits(Sound).Sample(EndsInAReport, iter: 1000);

    [Fact]
    public void Analyse_AnyGzip_EndsInAReport() => Edits(Compressed).Sample(EndsInAReport, iter: 1000);

    private static Gen<byte[]> Edits(byte[] sound) => Gen.Select(Gen.Int[0, sound.Length], Gen.Int[0, 40], Pieces)
        .Array[0, 4]
        .Select(edits => edits.Aggregate(sound, (bytes, edit) =>
        {
            var at = Math.Min(edit.Item1, bytes.Length);
            return [.. bytes[..at], .. edit.Item3, .. bytes[Math.Min(at + edit.Item2, bytes.Length)..]];
        }));

    private static bool EndsInAReport(byte[] bytes)
    {
        var report = new LogAnalysis(since: null).Analyse([new InputFile("log", () => new MemoryStream(bytes))]);
        using var output = new StringWriter();
        CallTable.Write(report, Terminal.None, output);
        CallJson.Write(report, output);
        CallCsv.Write(report, output);
        return report.Global.Calls <= report.StsCalls && report.StsCalls <= report.Events
            && report.Groups.Sum(g => g.Counts.Calls) == report.Global.Calls
            && !output.ToString().Contains("sessionTOKEN", StringComparison.Ordinal);
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }
}
