using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Help, version and error lines of the native binary.</summary>
public sealed partial class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Version_NamesTheBuild()
    {
        var (exitCode, output, error) = await NativeProcess.RunAsync(["--version"]);

        Assert.Equal(0, exitCode);
        Assert.Matches(VersionLine(), Assert.Single(output));
        Assert.Empty(error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("serve", "--help")]
    [InlineData("serve", "--bogus", "--help")]
    public async Task Help_IsPrinted(params string[] arguments)
    {
        var (exitCode, output, error) = await NativeProcess.RunAsync(arguments);

        Assert.Equal(0, exitCode);
        Assert.Contains(output, line => line.Contains("sts-webhook", StringComparison.Ordinal));
        Assert.Contains(output, line => line.Contains("serve", StringComparison.Ordinal));
        Assert.Empty(error);
    }

    [Fact]
    public async Task Help_OfServe_NamesEveryFlag()
    {
        var (_, output, _) = await NativeProcess.RunAsync(["serve", "--help"]);

        Assert.All(
            StsWebhook.Settings.SettingKeys.All.Where(key => key is { Flag: not null, IsServeFlag: true }).Select(key => key.Flag!).Append("--config"),
            flag => Assert.Contains(output, line => line.Contains(flag, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("--bogus", "serve", "--bogus")]
    [InlineData("--https-port", "serve", "--https-port")]
    [InlineData("--region", "serve", "--region", "eu-west-1", "--region", "eu-west-2")]
    [InlineData("bogus", "bogus")]
    [InlineData("command")]
    [InlineData("--https-port: httpsPort: 'x' is not allowed: expected a port from 0 to 65535", "serve", "--https-port", "x")]
    [InlineData("--https-port: httpsPort: '65536' is not allowed", "serve", "--https-port", "65536")]
    [InlineData("--management-port: managementPort: '-1' is not allowed", "serve", "--management-port=-1")]
    [InlineData("--region: region: 'Frankfurt' is not allowed: expected the name of a region", "serve", "--region", "Frankfurt")]
    [InlineData("--region: region: 'a b' is not allowed", "serve", "--region", "a\nb")]
    [InlineData("--tls: tls: 'bogus' is not allowed: expected", "serve", "--tls", "bogus")]
    [InlineData("--cluster: cluster: 'bogus' is not allowed: expected", "serve", "--cluster", "bogus")]
    [InlineData("--config: '' is not allowed: expected a file", "serve", "--config", "")]
    [InlineData("/nowhere/settings.json: cannot be read", "serve", "--config", "/nowhere/settings.json")]
    [InlineData("/nowhere/nodes.json: cannot be read", "serve", "--nodes", "/nowhere/nodes.json")]
    [InlineData("/dev/null/x", "serve", "--tls-dir", "/dev/null/x")]
    public async Task CommandLine_Unusable_IsReportedInOneLine(string expected, params string[] arguments) =>
        AssertUnusable(expected, await NativeProcess.RunAsync(arguments));

    [Theory]
    [InlineData("STS_WEBHOOK__BOGUS", "1", "STS_WEBHOOK__BOGUS: BOGUS: unknown setting: expected one of httpsPort, ")]
    [InlineData("STS_WEBHOOK__POLICY__ENFORCE", "block", "STS_WEBHOOK__POLICY__ENFORCE: POLICY.ENFORCE: 'block' is not allowed: expected deny, warn, audit")]
    [InlineData("STS_WEBHOOK__LOG_LEVEL", "", "STS_WEBHOOK__LOG_LEVEL: LOG_LEVEL: '' is not allowed: expected trace, debug")]
    public async Task Environment_Unusable_IsReportedInOneLine(string name, string value, string expected) =>
        AssertUnusable(expected, await NativeProcess.RunAsync(["serve"], (name, value)));

    [Theory]
    [InlineData("{", "not JSON: line 1, byte 2")]
    [InlineData("[]", "expected an object")]
    [InlineData("{\"policy\":{\"enforce\":\"block\"}}", "policy.enforce: 'block' is not allowed: expected deny, warn, audit")]
    [InlineData("{\"policy\":{\"bogus\":\"deny\"}}", "policy.bogus: unknown setting: expected one of ")]
    [InlineData("{\"policy\":{\"enforce\":[\"deny\"]}}", "policy.enforce: expected a text, a number, a boolean or an object")]
    public async Task File_Unusable_IsReportedInOneLine(string text, string expected)
    {
        var file = folder.Write("settings.json", text);

        AssertUnusable($"{file}: {expected}", await NativeProcess.RunAsync(["serve", "--config", file]));
    }

    [Theory]
    [InlineData("--https-port", "--management-port")]
    [InlineData("--management-port", "--https-port")]
    public async Task Serve_PortThatIsTaken_IsReportedInOneLine(string taken, string free)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        var (exitCode, output, error) = await NativeProcess.RunAsync(["serve", taken, port, free, "0", "--tls-dir", folder.Path]);

        Assert.Equal(2, exitCode);
        Assert.Contains(port, Assert.Single(error), StringComparison.Ordinal);
        Assert.Contains("in use", error[0], StringComparison.Ordinal);
        Assert.DoesNotContain(output, line => line.Contains("Exception", StringComparison.Ordinal));
        Assert.DoesNotContain(output, line => line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal));
    }

    private static void AssertUnusable(string expected, (int ExitCode, string[] Output, string[] Error) run)
    {
        var line = Assert.Single(run.Error);
        Assert.StartsWith("sts-webhook: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Empty(run.Output);
        Assert.Equal(2, run.ExitCode);
    }

    [GeneratedRegex(@"^sts-webhook \d+\.\d+\.\d+\S* \(commit ([0-9a-f]{40}|unknown)\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex VersionLine();
}
