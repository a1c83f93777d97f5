using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Dependencies;

/// <summary>The check of .ci/audit for packages with known vulnerabilities and for outdated lock files.</summary>
public sealed class DependencyAuditTests
{
    private const int Skipped = 77;

    [Fact]
    public async Task Packages_HaveNoKnownVulnerability_AndAreLocked()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "sends requests to nuget.org, so it only runs in CI; `make audit` does the same check");

        var (exitCode, output) = await AuditAsync();

        Assert.SkipWhen(exitCode == Skipped, output);
        Assert.True(exitCode == 0, output);
    }

    /// <summary>A source that reports a vulnerability in a transitive package.</summary>
    [Theory]
    [InlineData("OpenTelemetry.Api", 1, "OpenTelemetry.Api")]
    [InlineData("Not.Used", 0, "no known vulnerabilities in the packages of ")]
    public async Task Audit_SourceReportsAVulnerability_NamesThePackage(string package, int expected, string named)
    {
        await using var source = await SourceAsync(package);

        var (exitCode, output) = await AuditOfAsync(source.Address);

        Assert.True(exitCode == expected, output);
        Assert.Contains(named, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_SourceUnreachable_ReportsNoData()
    {
        var source = await SourceAsync("Not.Used");
        var url = source.Address;
        await source.DisposeAsync();

        var (exitCode, output) = await AuditOfAsync(url);

        Assert.True(exitCode == Skipped, output);
        Assert.StartsWith("no vulnerability data: Unable to load", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> AuditOfAsync(string source)
    {
        using var folder = new TemporaryFolder();
        return await AuditAsync(folder.Write("nuget.config", $"""
            <configuration>
              <auditSources>
                <clear />
                <add key="stub" value="{source}/index.json" allowInsecureConnections="true" />
              </auditSources>
            </configuration>
            """));
    }

    private static async Task<(int ExitCode, string Output)> AuditAsync(params string[] arguments)
    {
        using var audit = Process.Start(new ProcessStartInfo("bash", [Repository.PathOf(".ci/audit"), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = audit.StandardOutput.ReadToEndAsync();
        var error = audit.StandardError.ReadToEndAsync();
        await audit.WaitForExitAsync();
        return (audit.ExitCode, (await output + await error).Trim());
    }

    /// <summary>A package source without packages that reports vulnerabilities (learn.microsoft.com/nuget/api/vulnerability-info).</summary>
    private static Task<LoopbackServer> SourceAsync(string package) =>
        LoopbackServer.StartAsync(context => context.Response.WriteAsync(AnswerTo(context.Request, package)));

    private static string AnswerTo(HttpRequest request, string package)
    {
        var root = $"http://{request.Host}";
        return request.Path.Value switch
        {
            "/index.json" => $$"""{"version":"3.0.0","resources":[{"@id":"{{root}}/flaws.json","@type":"VulnerabilityInfo/6.7.0"}]}""",
            "/flaws.json" => $$"""[{"@name":"base","@id":"{{root}}/base.json","@updated":"2026-01-01T00:00:00Z"}]""",
            _ => $$"""{"{{package.ToLowerInvariant()}}":[{"severity":2,"url":"https://example.com/flaw","versions":"(, 999.0.0]"}]}""",
        };
    }
}
