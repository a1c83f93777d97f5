using System.Globalization;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary><c>sts-webhook audit</c> as an operator runs it.</summary>
public sealed class ClusterAuditAcceptanceTests : IAsyncLifetime
{
    private StubApiServer? stub;

    private StubApiServer Server => stub!;

    public async ValueTask InitializeAsync() => stub = await AuditedCluster.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Audit_Cluster_TellsByNamespace_AndExitsWith1()
    {
        var (exitCode, output, error) = await AuditAsync();

        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(AuditedCluster.Folder, "expected.table"), TestContext.Current.CancellationToken), output);
        Assert.Empty(error);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Audit_Json_IsOneDocument()
    {
        var (exitCode, output, error) = await AuditAsync("--output", "json");

        Assert.Equal(await File.ReadAllLinesAsync(Path.Combine(AuditedCluster.Folder, "expected.json"), TestContext.Current.CancellationToken), output);
        Assert.Empty(error);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Audit_OnlyReads_AndNeedsNoMoreThanTheExampleGrants()
    {
        await AuditAsync();
        await AuditAsync("--namespace", "web");

        Assert.All(Server.Requests, request => Assert.Equal("GET", request.Method));
        Assert.All(Server.Requests, request => Assert.False(request.IsWatch));
        Assert.Equal(
            Server.Requests.Select(RightFor).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray(),
            Granted().Order(StringComparer.Ordinal).ToArray());
    }

    [Fact]
    public async Task Audit_Namespaces_AreThoseThatAreNamed()
    {
        var (exitCode, output, _) = await AuditAsync("--namespace", "web", "-n", "reports");

        Assert.Equal(["reports", "web"], output[1..3].Select(line => line.Split(' ')[0]).ToArray());
        Assert.StartsWith("2 namespaces (1 opted in), 2 pods: 0 injected, 2 missing, 0 would be denied", output[^1], StringComparison.Ordinal);
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Audit_Settings_AreThoseOfServe()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("settings.json", """
            {"cluster":"in-cluster","httpsPort":9443,"policy":{"rules":{"legacy-mode":"off"},"configMaps":"off"},"injection":{"readConfigMaps":false}}
            """);

        var (exitCode, output, _) = await NativeProcess.RunAsync(
            ["audit", "--kubeconfig", Server.Kubeconfig, "--config", config, "--output", "json"], ("STS_WEBHOOK__POLICY__ENFORCE", "warn"));

        var report = JsonNode.Parse(string.Join('\n', output))!;
        Assert.Equal("warn", (string?)report["namespaces"]![1]!["enforce"]);
        Assert.Equal(["cross-region", "global-endpoint"], report["findings"]!.AsArray().Select(f => (string)f!["rule"]!).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(0, exitCode);
    }

    [Fact]
    public async Task Audit_PartForbidden_TellsIt_AndExitsWith2()
    {
        Server.Fault = request => request.Path is "/api/v1/pods" or "/api/v1/namespaces/payments/pods" ? StubFault.Status(403) : null;

        var (exitCode, output, error) = await AuditAsync();

        Assert.Equal("unread: pods in payments: forbidden: grant permission to list pods", Assert.Single(error));
        Assert.StartsWith("4 namespaces (2 opted in), 3 pods:", output[^1], StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task Audit_Signal_EndsItWithWhatWasSeen(string signal, int expected)
    {
        var reached = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        Server.Fault = request =>
        {
            if (request.Path != "/api/v1/pods")
            {
                return null;
            }

            reached.TrySetResult();
            return StubFault.HoldUntil(never.Task);
        };
        await using var audit = NativeProcess.Start(["audit", "--kubeconfig", Server.Kubeconfig]);
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(45), TestContext.Current.CancellationToken);

        await (signal == "INT" ? audit.InterruptAsync() : audit.TerminateAsync());

        Assert.Equal(expected, await audit.ExitCodeAsync());
        Assert.StartsWith("interrupted: 4 namespaces (2 opted in), 0 pods:", audit.Output.Last(), StringComparison.Ordinal);
        Assert.Contains("; 4 workloads (2 with pods that would be denied), 1 ConfigMap", audit.Output.Last(), StringComparison.Ordinal);
        Assert.Empty(audit.Error);
    }

    [Fact]
    public async Task Audit_Terminal_ShowsProgress_AndTakesItBack()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "script(1), which gives a program a terminal, is not here");

        var output = await OnTerminalAsync("xterm");

        Assert.Contains("\r\e[K[########################] 4 of 4 namespaces", output, StringComparison.Ordinal);
        Assert.Contains("\r\e[K\e[1mNAMESPACE", output, StringComparison.Ordinal);
        Assert.Contains("\e[1;31merror:\e[0m Deployment payments/ledger (2 pods,", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', await OnTerminalAsync("dumb"));
    }

    [Fact]
    public async Task Audit_Values_AreNeverPrinted()
    {
        const string Secret = "s3cr3t-value";
        AuditedCluster.Put(Server, $$"""
            apiVersion: v1
            kind: Pod
            metadata: {name: odd, namespace: web, annotations: {sts-webhook.io/region: {{Secret}}, note: "https://{{Secret}}@sts.amazonaws.com"} }
            spec:
              containers:
              - name: app
                command: [sh, -c, "PASSWORD={{Secret}} AWS_STS_REGIONAL_ENDPOINTS=legacy run"]
                env:
                - {name: AWS_ENDPOINT_URL_STS, value: "https://user:{{Secret}}@sts.amazonaws.com"}
                - {name: AWS_STS_REGIONAL_ENDPOINTS, value: {{Secret}}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: odd, namespace: web}
            data: {url: "https://user:{{Secret}}@sts.amazonaws.com"}
            """);

        foreach (var format in new[] { "table", "json" })
        {
            var (exitCode, output, error) = await AuditAsync("--output", format);
            Assert.DoesNotContain(Secret, string.Join('\n', output.Concat(error)), StringComparison.Ordinal);
            Assert.DoesNotContain(StubApiServer.Token, string.Join('\n', output.Concat(error)), StringComparison.Ordinal);
            Assert.Equal(1, exitCode);
        }
    }

    [Fact]
    public async Task Audit_Context_IsTheOneThatIsNamed()
    {
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(Server.Kubeconfig, TestContext.Current.CancellationToken);
        var kubeconfig = folder.Write("kubeconfig", text
            .Replace("current-context: stub", "current-context: gone", StringComparison.Ordinal)
            .Replace("contexts:\n", "contexts:\n- name: gone\n  context:\n    cluster: nowhere\n    user: stub\n", StringComparison.Ordinal)
            .Replace("clusters:\n", "clusters:\n- name: nowhere\n  cluster:\n    server: https://127.0.0.1:9\n", StringComparison.Ordinal));

        Assert.Equal(1, (await NativeProcess.RunAsync(["audit", "--kubeconfig", kubeconfig, "--context", "stub"])).ExitCode);

        var (exitCode, _, error) = await NativeProcess.RunAsync(["audit", "--kubeconfig", kubeconfig, "--context", "other"]);
        Assert.Contains("other", Assert.Single(error), StringComparison.Ordinal);
        Assert.Contains($"kubeconfig: '{kubeconfig}' cannot be used", error[0], StringComparison.Ordinal);
        Assert.Equal(2, exitCode);

        (exitCode, _, error) = await NativeProcess.RunAsync(["audit", "--kubeconfig", kubeconfig]);
        Assert.StartsWith("unread: the rest: Connection refused", Assert.Single(error), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    /// <summary>So users of EKS sign in: by a command that prints a token.</summary>
    [Fact]
    public async Task Audit_KubeconfigWithACommand_SignsIn()
    {
        var (exitCode, _, error) = await AuditSignedInByAsync($$$"""
            echo '{"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential","status":{"token":"{{{StubApiServer.Token}}}"}}'
            """);

        Assert.Empty(error);
        Assert.Equal(1, exitCode);
    }

    [Fact]
    public async Task Audit_KubeconfigCommandFails_ReportsOneLine()
    {
        var (exitCode, _, error) = await AuditSignedInByAsync("exit 1");

        Assert.Contains("cannot be used", Assert.Single(error), StringComparison.Ordinal);
        Assert.DoesNotContain(" at System.", error[0], StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Theory]
    [InlineData("--output: 'yaml' is not allowed: expected table, json", "--output", "yaml")]
    [InlineData("--namespace: '' is not allowed: expected the name of a namespace", "--namespace", "")]
    [InlineData("--namespace: '../nodes' is not allowed", "-n", "../nodes")]
    [InlineData("--region: region: 'Ireland' is not allowed", "--region", "Ireland")]
    [InlineData("kubeconfig: '/nowhere/kubeconfig' cannot be used", "--kubeconfig", "/nowhere/kubeconfig")]
    [InlineData("Unrecognized command or argument '--watch'", "--watch")]
    public async Task CommandLine_Invalid_ReportsOneLine(string expected, params string[] arguments)
    {
        var (exitCode, output, error) = await NativeProcess.RunAsync(["audit", .. arguments]);

        Assert.Contains(expected, Assert.Single(error), StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(2, exitCode);
    }

    private Task<(int ExitCode, string[] Output, string[] Error)> AuditAsync(params string[] arguments) =>
        NativeProcess.RunAsync(["audit", "--kubeconfig", Server.Kubeconfig, .. arguments]);

    private async Task<(int ExitCode, string[] Output, string[] Error)> AuditSignedInByAsync(string script)
    {
        using var folder = new TemporaryFolder();
        var text = await File.ReadAllTextAsync(Server.Kubeconfig, TestContext.Current.CancellationToken);
        var kubeconfig = folder.Write("kubeconfig", text.Replace($"    token: {StubApiServer.Token}", $"""
                exec:
                  apiVersion: client.authentication.k8s.io/v1beta1
                  command: sh
                  args: [{folder.Write("sign-in", script)}]
                  interactiveMode: Never
            """, StringComparison.Ordinal));
        return await NativeProcess.RunAsync(["audit", "--kubeconfig", kubeconfig]);
    }

    private async Task<string> OnTerminalAsync(string term)
    {
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "script", ["--quiet", "--return", "--command", $"'{PublishedBinary.Path}' audit --kubeconfig '{Server.Kubeconfig}'", "/dev/null"])
        {
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            Environment = { ["TERM"] = term, ["NO_COLOR"] = string.Empty },
        })!;
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    /// <summary>The right that a request takes, as <c>list apps/deployments</c>.</summary>
    private static string RightFor(StubRequest request)
    {
        var steps = request.Path.Split('/')[1..];
        var group = steps[0] == "api" ? string.Empty : steps[1] + "/";
        var rest = steps[(steps[0] == "api" ? 2 : 3)..];
        return rest.Length == 2 ? $"get {group}{rest[0]}" : $"list {group}{rest[^1]}";
    }

    private static IEnumerable<string> Granted()
    {
        var role = JsonNode.Parse(ManifestInput.Json(ManifestInput.Document(File.ReadAllText(Path.Combine(AuditedCluster.Folder, "../../../deploy/audit-clusterrole.yaml")))))!;
        return
            from rule in role["rules"]!.AsArray()
            from @group in rule["apiGroups"]!.AsArray()
            from resource in rule["resources"]!.AsArray()
            from verb in rule["verbs"]!.AsArray()
            select string.Create(CultureInfo.InvariantCulture, $"{verb} {((string)@group! is { Length: > 0 } name ? name + "/" : string.Empty)}{resource}");
    }
}
