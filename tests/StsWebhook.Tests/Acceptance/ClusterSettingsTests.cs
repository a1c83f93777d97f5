using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>What the binary says where the cluster that it is to ask cannot be made out.</summary>
public sealed class ClusterSettingsTests : IDisposable
{
    private const string Sound = """
        apiVersion: v1
        kind: Config
        current-context: a
        clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
        contexts: [{name: a, context: {cluster: a, user: a}}]
        users: [{name: a, user: {token: x}}]
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", "")]
    [InlineData("kind: Config", "{")]
    [InlineData("kind: Config", "{}")]
    [InlineData("kind: Config", "text")]
    [InlineData("\"https://127.0.0.1:1\"", "nonsense")]
    [InlineData("current-context: a", "current-context: b")]
    [InlineData("user: {token: x}", "user: {}")]
    [InlineData("\"https://127.0.0.1:1\"", "\"https://127.0.0.1:1\", certificate-authority-data: \"!!!\"")]
    [InlineData("\"https://127.0.0.1:1\"", "\"https://127.0.0.1:1\", certificate-authority-data: AAAA")]
    [InlineData("\"https://127.0.0.1:1\"", "\"https://127.0.0.1:1\", certificate-authority: /nowhere/ca.crt")]
    [InlineData("token: x", "client-certificate-data: AAAA, client-key-data: AAAA")]
    [InlineData("token: x", "client-certificate: /nowhere/tls.crt, client-key: /nowhere/tls.key")]
    [InlineData("token: x", "exec: {apiVersion: client.authentication.k8s.io/v1, command: /nowhere/aws}")]
    public async Task Kubeconfig_Invalid_FailsWithOneLine(string part, string broken)
    {
        var text = broken.Length < 5 ? broken : Sound.Replace(part, broken, StringComparison.Ordinal);
        var file = folder.Write("kubeconfig", text);

        AssertUnusable($"kubeconfig: '{file}' cannot be used: ", await ServeAsync("--cluster", "kubeconfig", "--kubeconfig", file));
    }

    [Fact]
    public async Task Kubeconfig_Missing_FailsWithOneLine() => AssertUnusable(
        $"kubeconfig: '{folder["nowhere"]}' cannot be used: ",
        await ServeAsync("--cluster", "kubeconfig", "--kubeconfig", folder["nowhere"]));

    [Fact]
    public async Task Auto_WithAKubeconfig_UsesIt() => AssertUnusable(
        $"kubeconfig: '{folder["nowhere"]}' cannot be used: ", await ServeAsync("--kubeconfig", folder["nowhere"]));

    [Fact]
    public async Task Kubeconfig_NoneNamed_DefaultIsNamed() =>
        AssertUnusable(".kube/config' cannot be used: ", await ServeAsync("--cluster", "kubeconfig"));

    [Fact]
    public async Task InCluster_OutsideACluster_FailsWithOneLine() =>
        AssertUnusable("cluster: 'in-cluster' is not possible here: ", await ServeAsync("--cluster", "in-cluster"));

    [Fact]
    public async Task Auto_OutsideACluster_ServesWithoutOne()
    {
        await using var webhook = await ServingProcess.StartWithClusterAsync(["--region", "eu-west-1"]);

        Assert.Equal("eu-west-1", (await webhook.Client.PostAsync("/mutate", ClusterReview.Pod())).Variables()["AWS_REGION"]);
    }

    [Fact]
    public async Task Kubeconfig_NamedByItsVariable_FirstThatExistsIsRead()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Cluster.Put(StubCluster.Node("node-a", "us-east-2"));
        await using var webhook = await ServingProcess.StartWithClusterAsync(
            ["--cluster", "kubeconfig"],
            ("KUBECONFIG", $"{folder["nowhere"]}:{server.Kubeconfig}"),
            ("AWS_EC2_METADATA_DISABLED", "true"));

        await Eventually.HoldsAsync("the nodes", async () => (await webhook.Client.MetricsAsync()).Sum("sts_webhook_nodes") > 0);
    }

    [Fact]
    public async Task Nodes_FileAndCluster_AreReadFromTheFile()
    {
        await using var server = await StubApiServer.StartAsync();
        await using var webhook = await ClusterWebhook.StartAsync(server, ["--nodes", Recordings.Nodes]);
        server.Cluster.PutConfigMap(ClusterReview.Namespace, "app", new() { ["AWS_REGION"] = "eu-west-3" });

        await webhook.NodesAsync(("us-east-2", 2), ("eu-west-1", 1));
        var answer = await webhook.MutateAsync(ClusterReview.Pod("""{"envFrom":[{"configMapRef":{"name":"app"}}]}"""));

        Assert.Contains("configMapKeyRef", answer.Variables()["AWS_DEFAULT_REGION"], StringComparison.Ordinal);
        Assert.Equal(0, server.Count(r => r.Path == "/api/v1/nodes"));
    }

    private static Task<(int ExitCode, string[] Output, string[] Error)> ServeAsync(params string[] arguments) =>
        NativeProcess.RunAsync(["serve", "--https-port", "0", "--management-port", "0", .. arguments]);

    private static void AssertUnusable(string expected, (int ExitCode, string[] Output, string[] Error) run)
    {
        var line = Assert.Single(run.Error);
        Assert.StartsWith("sts-webhook: ", line, StringComparison.Ordinal);
        Assert.Contains(expected, line, StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }
}
