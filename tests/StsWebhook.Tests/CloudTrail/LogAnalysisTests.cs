using System.IO.Compression;
using System.Text;
using StsWebhook.CloudTrail;
using StsWebhook.Input;
using Xunit;

namespace StsWebhook.Tests.CloudTrail;

public sealed class LogAnalysisTests
{
    private const string Digest = """{"awsAccountId":"111122223333","digestS3Bucket":"b","logFiles":[{"s3Object":"x"}]}""";

    [Fact]
    public void Analyse_SameCallerInManyFiles_IsOneGroup()
    {
        var report = Analyse(Log(Call("a", "2025-08-02T00:00:00Z"), Call("b")), Log(Call("a", "2025-08-03T00:00:00Z"), Call("a", "2025-08-01T00:00:00Z")));

        Assert.Equal(["a 3 3", "b 1 2"], report.Groups.Select(g => $"{g.Caller.UserAgent} {g.Counts.Calls} {g.LastSeen?.Day ?? 2}"), StringComparer.Ordinal);
        Assert.Equal((4, 4, 4, 1), ((int)report.Events, (int)report.StsCalls, (int)report.Global.Calls, (int)report.ExitCode));
    }

    [Fact]
    public void Analyse_Since_LeavesOutEarlierCalls_AndKeepsThoseWithoutATime()
    {
        var report = Analyse(
            new DateTimeOffset(2025, 8, 2, 0, 0, 0, TimeSpan.Zero),
            Log(Call("early", "2025-08-01T23:59:59Z"), Call("exact", "2025-08-02T00:00:00Z"), Call("undated")));

        Assert.Equal(["exact", "undated"], report.Groups.Select(g => g.Caller.UserAgent).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(2, report.StsCalls);
    }

    [Fact]
    public void Analyse_MoreCallersThanAreToldApart_CountsTheRest()
    {
        var calls = Enumerable.Range(0, LogAnalysis.MaxGroups + 5).Select(i => Call($"agent-{i}"));

        var report = Analyse(Log([.. calls, Call("agent-0")]));

        Assert.Equal(LogAnalysis.MaxGroups, report.Groups.Count);
        Assert.Equal((LogAnalysis.MaxGroups + 6, 5), (report.Global.Calls, report.Ungrouped));
        Assert.Equal(2, report.Groups[0].Counts.Calls);
    }

    [Theory]
    [InlineData("""{"Records":[]}""", 0)]
    [InlineData(Digest, 2)]
    [InlineData("""{"Rec""", 2)]
    [InlineData("[]", 2)]
    public void ExitCode_TellsALogFromNone(string text, int expected) => Assert.Equal(expected, (int)Analyse(Text(text)).ExitCode);

    [Fact]
    public void ExitCode_DamageBesideASoundLog_IsNotTheEnd()
    {
        var report = Analyse(Text(string.Empty), Log(), Text(Digest), new InputFile("gone", "cannot be read: it is gone"));

        Assert.Equal(["log: unusable: the file is empty", "gone: unusable: cannot be read: it is gone"], report.Damaged.Select(file => file.Message), StringComparer.Ordinal);
        Assert.Equal((4, 1, 0), (report.Files, report.Logs, (int)report.ExitCode));
    }

    [Fact]
    public void Analyse_UnreadableEvent_IsNamed_AndTheOthersCount()
    {
        var report = Analyse(Log(Call("a"), Call("\\ud800"), Call("b")));

        Assert.Equal(["a", "b"], report.Groups.Select(g => g.Caller.UserAgent), StringComparer.Ordinal);
        Assert.Equal(
            "log: damaged: event 2 is not JSON: a \\u escape names half of a surrogate pair; 2 readable events are counted",
            Assert.Single(report.Damaged).Message);
    }

    [Fact]
    public void Analyse_Gzip_IsReadByItsContent_ManyMembersToo()
    {
        var (one, two) = (Compressed($$"""{"Records":[{{Call("a")}},"""), Compressed($$"""{{Call("b")}}]}"""));

        Assert.Equal(2, Analyse(Bytes([.. one, .. two])).Global.Calls);
    }

    [Fact]
    public void Analyse_ByteOrderMark_IsNoDamage()
    {
        Assert.Equal(1, Analyse(Text("\ufeff" + Call("a"))).Global.Calls);
        Assert.Equal(1, Analyse(Bytes(Compressed("\ufeff" + Call("a")))).Global.Calls);
        Assert.Equal("log: unusable: the file is empty", Assert.Single(Analyse(Text("\ufeff")).Damaged).Message);
    }

    [Fact]
    public void Analyse_GzipCutAnywhere_NamesTheFile()
    {
        var whole = Compressed($$"""{"Records":[{{string.Join(',', Enumerable.Range(0, 50).Select(i => Call($"agent-{i}")))}}]}""");
        for (var length = 3; length < whole.Length - 8; length += 7)
        {
            Assert.Single(Analyse(Bytes(whole[..length])).Damaged);
        }
    }

    private static CloudTrailReport Analyse(params InputFile[] files) => Analyse(since: null, files);

    private static CloudTrailReport Analyse(DateTimeOffset? since, params InputFile[] files) => new LogAnalysis(since).Analyse(files);

    private static InputFile Log(params string[] calls) => Text($$"""{"Records":[{{string.Join(',', calls)}}]}""");

    private static InputFile Text(string text) => Bytes(Encoding.UTF8.GetBytes(text));

    private static InputFile Bytes(byte[] bytes) => new("log", () => new MemoryStream(bytes));

    private static string Call(string agent, string time = "") => $$$$"""
        {"eventSource":"sts.amazonaws.com","eventTime":"{{{{time}}}}","userAgent":"{{{{agent}}}}","additionalEventData":{"RequestDetails":{"endpointType":"global"}}}
        """;

    private static byte[] Compressed(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
