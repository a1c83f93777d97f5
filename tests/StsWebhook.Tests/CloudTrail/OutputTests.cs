using StsWebhook.CloudTrail;
using StsWebhook.CloudTrail.Output;
using StsWebhook.Input;
using StsWebhook.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.CloudTrail;

/// <summary>The sample events in each format, beside them. <c>UPDATE_GOLDEN=1</c> writes them again.</summary>
public sealed class OutputTests
{
    private static readonly string Folder = Golden.SourceFolder("cloudtrail");

    private static readonly CloudTrailReport Samples = new LogAnalysis(since: null).Analyse(
        [new InputFile("events.json", () => File.OpenRead(Path.Combine(Folder, "events.json"))), new InputFile("gone.json", "cannot be read: it is gone")]);

    [Fact]
    public void Table_OfSamples_IsAsExpected() => Golden.Assert(Folder, "expected.table", output => CallTable.Write(Samples, Terminal.None, output));

    [Fact]
    public void Json_OfSamples_IsAsExpected() => Golden.Assert(Folder, "expected.json", output => CallJson.Write(Samples, output));

    [Fact]
    public void Csv_OfSamples_IsAsExpected() => Golden.Assert(Folder, "expected.csv", output => CallCsv.Write(Samples, output));

    [Fact]
    public void Table_OnANarrowTerminal_HasTwoLinesForACaller()
    {
        var lines = Written(output => CallTable.Write(Samples, new Terminal(HasColours: true, Width: 100), output)).Split('\n');

        Assert.Equal("\e[1mCALLS  LAST SEEN             SERVED BY   SIGNS                    SOURCE\e[0m", lines[0]);
        Assert.Equal("\e[1m       PRINCIPAL  USER AGENT\e[0m", lines[1]);
        Assert.Equal("    2  2025-08-03T11:30:00Z  eu-north-1  endpointType+localHost   192.0.2.10", lines[2]);
        Assert.Equal("       arn:aws:sts::777788889999:assumed-role/ledger  Boto3/1.26.27 Python/3.11.2 Linux/6.1.0 Botocore/1.29.27", lines[3]);
        Assert.Equal(2 * (1 + Samples.Groups.Count) + 2, lines.Length);
    }

    [Fact]
    public void Table_OnAWideTerminal_HasOneLineForACaller()
    {
        var lines = Written(output => CallTable.Write(Samples, new Terminal(HasColours: false, Width: 400), output)).Split('\n');

        Assert.Equal(1 + Samples.Groups.Count + 2, lines.Length);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x", "'@x")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("""\"a\" b""", "\"\"\"a\"\" b\"")]
    [InlineData("""a\r\nb\u001b[1m""", "a  b [1m")]
    public void Csv_Cell_IsNoFormula_AndOneLine(string agent, string expected)
    {
        var log = $$$"""{"eventSource":"sts.amazonaws.com","userAgent":"{{{agent}}}","tlsDetails":{"clientProvidedHostHeader":"sts.amazonaws.com"}}""";
        var report = new LogAnalysis(since: null).Analyse([new InputFile("log", () => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(log)))]);

        Assert.EndsWith($",unknown,{expected}\n", Written(output => CallCsv.Write(report, output)), StringComparison.Ordinal);
    }

    private static string Written(Action<TextWriter> write)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(output);
        return output.ToString();
    }
}
