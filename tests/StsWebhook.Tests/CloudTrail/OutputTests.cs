using StsWebhook.CloudTrail;
using StsWebhook.CloudTrail.Output;
using StsWebhook.Input;
using StsWebhook.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.CloudTrail;

/// <summary>The sample events in each format, beside them. <c>UPDATE_GOLDEN=1</c> writes them anew.</summary>
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
    public void Table_OnATerminal_IsCutAndHasABoldHeading()
    {
        var lines = Written(output => CallTable.Write(Samples, new Terminal(HasColours: true, Width: 60), output)).Split('\n');

        Assert.StartsWith("\e[1mCALLS  LAST SEEN", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("…\e[0m", lines[0], StringComparison.Ordinal);
        Assert.All(lines[1..9], line => Assert.Equal(60, line.Length));
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
