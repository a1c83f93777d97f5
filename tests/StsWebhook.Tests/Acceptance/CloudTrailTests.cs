using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary><c>sts-webhook cloudtrail</c> as it is run on the bucket of a trail.</summary>
public sealed class CloudTrailTests : IDisposable
{
    private const string SizeVariable = "STS_WEBHOOK_TEST_LOG_MIB";

    private const string Summary =
        "1 file, 21 events, 19 STS calls: 10 to the global endpoint by 8 callers (endpointType 7, globalHost 5, localHost 4)";

    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "Fixtures", "cloudtrail", "events.json");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task CloudTrail_Log_ListsCallers_AndExitsWith1()
    {
        var (exitCode, output, error) = await NativeProcess.RunAsync(["cloudtrail", Samples]);

        Assert.Equal(Summary, output[^1]);
        Assert.Equal(10, output.Length);
        Assert.Empty(error);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task CloudTrail_NobodyCallsTheGlobalEndpoint_ExitsWith0()
    {
        var (exitCode, output, _) = await NativeProcess.RunAsync(["cloudtrail", Samples, "--since", "2100-01-01"]);

        Assert.Equal("1 file, 21 events, 0 STS calls: none to the global endpoint", Assert.Single(output));
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task CloudTrail_BucketOfATrail_NamesWhatIsDamaged_AndReadsTheRest()
    {
        Directory.CreateDirectory(folder["CloudTrail/us-east-1/2025/08/02"]);
        Directory.CreateDirectory(folder["CloudTrail-Digest/us-east-1"]);
        Compress(folder["CloudTrail/us-east-1/2025/08/02/a.json.gz"], part: 1);
        Compress(folder["CloudTrail/us-east-1/2025/08/02/b.json.gz"], part: 0.5);
        folder.Write("CloudTrail/us-east-1/2025/08/02/c.json", string.Empty);
        folder.Write("CloudTrail-Digest/us-east-1/d.json", """{"awsAccountId":"777788889999","logFiles":[]}""");
        folder.Write("notes.txt", "not read");

        var (exitCode, output, error) = await NativeProcess.RunAsync(["cloudtrail", folder.Path]);

        Assert.StartsWith("4 files (2 without a log), ", output[^1], StringComparison.Ordinal);
        Assert.StartsWith($"{folder["CloudTrail/us-east-1/2025/08/02/b.json.gz"]}: damaged: the file is truncated; ", error[0], StringComparison.Ordinal);
        Assert.Equal($"{folder["CloudTrail/us-east-1/2025/08/02/c.json"]}: unusable: the file is empty", error[1]);
        Assert.Equal(2, error.Length);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task CloudTrail_Json_IsOneDocument()
    {
        var (_, output, _) = await NativeProcess.RunAsync(["cloudtrail", Samples, "--output", "json"]);

        var report = JsonNode.Parse(string.Join('\n', output))!;
        Assert.Equal(10, (int?)report["summary"]!["globalCalls"]);
        Assert.Equal(8, report["callers"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    public async Task CloudTrail_NoFormat_TellsASecret(string format)
    {
        var (_, output, error) = await NativeProcess.RunAsync(["cloudtrail", Samples, "--output", format]);

        var text = string.Join('\n', [.. output, .. error]);
        Assert.DoesNotContain("sessionTOKEN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ASIA", text, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIA", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--output: 'xml' is not allowed: expected table, json, csv", "cloudtrail", "-", "--output", "xml")]
    [InlineData("--since: 'monday' is not allowed: expected a date (2025-07-31), a time (2025-07-31T12:00:00Z), or an age", "cloudtrail", "-", "--since", "monday")]
    [InlineData("Required argument 'PATH' missing", "cloudtrail")]
    public async Task CommandLine_Invalid_ReportsOneLine(string expected, params string[] arguments)
    {
        var (exitCode, _, error) = await NativeProcess.RunAsync(arguments);

        Assert.Contains(expected, Assert.Single(error), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task CloudTrail_NothingReadable_ExitsWith2()
    {
        var (exitCode, _, error) = await NativeProcess.RunAsync(["cloudtrail", folder["nowhere.json"], folder.Path]);

        Assert.StartsWith($"{folder["nowhere.json"]}: unusable: cannot be read: ", error[0], StringComparison.Ordinal);
        Assert.Equal("sts-webhook: no CloudTrail log could be read", error[1]);
        Assert.Equal(2, exitCode);
    }

    /// <summary>
    /// The size of the log is the size of its text in MiB; <c>STS_WEBHOOK_TEST_LOG_MIB=1000</c> takes a minute. The memory
    /// is what the kernel says was the most so far, asked while the process waits for the end of its input.
    /// </summary>
    [Fact]
    public async Task CloudTrail_LogOfAnySize_IsReadInConstantMemory()
    {
        var mebibytes = int.Parse(Environment.GetEnvironmentVariable(SizeVariable) ?? "64", CultureInfo.InvariantCulture);
        using var process = Process.Start(new ProcessStartInfo(PublishedBinary.Path, ["cloudtrail", "-"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        var calls = 0;
        await using (var gzip = new GZipStream(process.StandardInput.BaseStream, CompressionLevel.Fastest))
        {
            await gzip.WriteAsync("{\"Records\":["u8.ToArray(), TestContext.Current.CancellationToken);
            for (var written = 0L; written < mebibytes * 1024L * 1024L; calls++)
            {
                var call = Encoding.UTF8.GetBytes((calls == 0 ? string.Empty : ",") + Call(calls));
                await gzip.WriteAsync(call, TestContext.Current.CancellationToken);
                written += call.Length;
            }

            await gzip.WriteAsync("]}"u8.ToArray(), TestContext.Current.CancellationToken);
            await gzip.FlushAsync(TestContext.Current.CancellationToken);

            var peak = PeakMebibytes(process.Id);
            TestContext.Current.TestOutputHelper!.WriteLine($"{mebibytes} MiB of JSON: {peak} MiB at most, {process.TotalProcessorTime.TotalSeconds:F1} s of CPU");
            Assert.InRange(peak, 1, 100);
        }

        var text = await output;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Contains($"{calls} to the global endpoint by 10000 callers", text, StringComparison.Ordinal);
    }

    private static int PeakMebibytes(int process)
    {
        var status = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return int.Parse(status.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>More callers than are told apart, each with much to keep: the worst case for memory.</summary>
    private static string Call(int number)
    {
        var caller = number % 20_000;
        return $$$"""
            {"eventVersion":"1.11","userIdentity":{"arn":"arn:aws:sts::111122223333:assumed-role/role-{{{caller}}}-{{{new string('r', 400)}}}/{{{number}}}"},
            "eventTime":"2025-08-02T10:00:00Z","eventSource":"sts.amazonaws.com","awsRegion":"us-east-1","sourceIPAddress":"10.0.{{{caller / 250}}}.{{{caller % 250}}}",
            "userAgent":"agent-{{{caller}}}-{{{new string('u', 900)}}}","responseElements":{"credentials":{"sessionToken":"{{{new string('t', 400)}}}"}},
            "tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"}}
            """;
    }

    private static void Compress(string path, double part)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(File.ReadAllBytes(Samples));
        }

        var bytes = buffer.ToArray();
        File.WriteAllBytes(path, bytes[..(int)(bytes.Length * part)]);
    }
}
