using System.Diagnostics;
using Xunit;

namespace StsWebhook.ControlPlane.Tests;

/// <summary>The output of kubectl.</summary>
public sealed class KubectlTests : IClassFixture<Cluster>
{
    private readonly Cluster cluster;

    public KubectlTests(Cluster cluster)
    {
        Assert.SkipUnless(Assets.Have("kubectl"), "KUBEBUILDER_ASSETS must be a folder with kubectl");
        this.cluster = cluster;
    }

    [Fact]
    public async Task Run_PodThatCallsTheGlobalEndpoint_PrintsTheWebhookAndTheReason()
    {
        await cluster.HaveRegionsAsync("us-east-2");
        var path = await cluster.NamespaceAsync();

        var (exitCode, error) = await RunAsync(
            "--namespace", path[(path.LastIndexOf('/') + 1)..], "run", "app", "--image=example.com/app:1",
            "--env=AWS_ENDPOINT_URL_STS=https://sts.amazonaws.com");

        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            "Error from server (Forbidden): admission webhook \"pods.sts-webhook.io\" denied the request: "
            + "spec.containers[0].env[AWS_ENDPOINT_URL_STS].value (container app) ",
            error,
            StringComparison.Ordinal);
        Assert.Contains("use https://sts.us-east-2.amazonaws.com or remove the variable", error, StringComparison.Ordinal);
    }

    /// <summary>The API server compiles the CEL expressions and rejects unknown fields.</summary>
    [Fact]
    public async Task Apply_PlainManifests_AreAcceptedByTheServer()
    {
        await RunAsync("create", "namespace", "sts-webhook");

        var (exitCode, error) = await RunAsync(
            "apply", "--dry-run=server", "--validate=strict", "--filename", Path.Combine(RepositoryRoot(), "deploy", "install.yaml"));

        Assert.True(exitCode == 0, error);
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StsWebhook.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private async Task<(int ExitCode, string Error)> RunAsync(params string[] arguments)
    {
        using var kubectl = Process.Start(new ProcessStartInfo(
            Assets.PathOf("kubectl"), ["--kubeconfig", cluster.Kubeconfig, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        var error = await kubectl.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await kubectl.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (kubectl.ExitCode, error);
    }
}
