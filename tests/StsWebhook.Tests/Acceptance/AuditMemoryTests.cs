using System.Globalization;
using System.Text.Json.Nodes;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>A large cluster costs the audit no more memory than a small one, except for the report itself.</summary>
public sealed class AuditMemoryTests
{
    private const int Pods = 10_000;
    private const int ConfigMaps = 2_000;
    private const long MaxMemory = 150L * 1024 * 1024;

    /// <summary>What a real pod is mostly made of: some 10 KB of members that mean nothing here.</summary>
    private static readonly string ManagedFields =
        $"[{string.Join(',', Enumerable.Range(0, 300).Select(i => $$$"""{"f:field-{{{i}}}":{".":{},"f:name":{} } }"""))}]";

    private static readonly string Text = new('x', 10_000);

    [Fact]
    public async Task Audit_TenThousandPods_StaysSmall()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Put(StubCluster.Node("node-1", "eu-west-1"));
        for (var i = 0; i < 50; i++)
        {
            server.Lists.PutNamespace(Namespace(i), ("sts-webhook.io/inject", "enabled"));
        }

        server.Lists.Fill("configmaps", ConfigMaps, i => (Namespace(i), $"settings-{i}", () => ConfigMap(i)));
        server.Lists.Fill("apps/replicasets", Pods / 4, i => (Namespace(i), $"app-{i}", () => ReplicaSet(i)));
        server.Lists.Fill("pods", Pods, i => (Namespace(i), $"app-{i % (Pods / 4)}-{i}", () => Pod(i)));
        var peak = 0L;

        await using var audit = NativeProcess.Start(["audit", "--kubeconfig", server.Kubeconfig, "--output", "json"]);
        await Eventually.HoldsAsync("the end of the audit", () =>
        {
            peak = Math.Max(peak, audit.PeakMemory());
            return audit.HasExited;
        });

        Assert.Equal(1, await audit.ExitCodeAsync());
        var report = JsonNode.Parse(string.Join('\n', audit.Output))!;
        Assert.Equal(Pods, (int)report["summary"]!["pods"]!["total"]!);
        Assert.Equal(Pods / 10, (int)report["summary"]!["pods"]!["denied"]!);
        Assert.Equal(Pods * 9 / 10, (int)report["summary"]!["pods"]!["missing"]!);
        Assert.Equal(Pods / 500, server.Count(request => request.Path == "/api/v1/pods"));
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"peak: {peak / 1024.0 / 1024:F1} MiB"));
        Assert.InRange(peak, 1, MaxMemory);
    }

    private static string Namespace(int i) => string.Create(CultureInfo.InvariantCulture, $"team-{i % 50}");

    private static string ConfigMap(int i) =>
        $$$"""{"metadata":{"namespace":"{{{Namespace(i)}}}","name":"settings-{{{i}}}"},"data":{"LOG_LEVEL":"info","config.txt":"{{{Text}}}"}}""";

    private static string ReplicaSet(int i) => $$$"""
        {"metadata":{"namespace":"{{{Namespace(i)}}}","name":"app-{{{i}}}","managedFields":{{{ManagedFields}}},
        "ownerReferences":[{"kind":"Deployment","name":"app-{{{i}}}","controller":true}]},
        "spec":{"replicas":4,"template":{"spec":{"containers":[{"name":"app"}]} } } }
        """;

    private static string Pod(int i)
    {
        var set = i % (Pods / 4);
        return $$$"""
            {"metadata":{"namespace":"{{{Namespace(i)}}}","name":"app-{{{set}}}-{{{i}}}","managedFields":{{{ManagedFields}}},
            "ownerReferences":[{"kind":"ReplicaSet","name":"app-{{{set}}}","controller":true}]},
            "spec":{"nodeName":"node-1","containers":[{"name":"app","envFrom":[{"configMapRef":{"name":"settings-{{{i % ConfigMaps}}}"}}],
            "env":[{"name":"AWS_STS_REGIONAL_ENDPOINTS","value":"{{{(i % 10 == 0 ? "legacy" : "regional")}}}"}]}]},"status":{"phase":"Running"}}
            """;
    }
}
