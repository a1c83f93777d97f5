using System.Diagnostics;
using System.Net;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary><c>sts-webhook certificates revoke</c>, with native replicas, and openssl in the place of the API server.</summary>
[Trait("Speed", "RealTime")]
public sealed class RevokeTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private StubApiServer? stub;
    private CertificateCluster? objects;

    private StubApiServer Server => stub!;

    private CertificateCluster Cluster => objects!;

    public async ValueTask InitializeAsync()
    {
        stub = await StubApiServer.StartAsync();
        objects = new CertificateCluster(stub.Objects);
        objects.Install();
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Revoke_TwoReplicas_BothServeTheNewChainAndTheStolenKeyIsWorthless()
    {
        await using var one = await StartAsync();
        await using var other = await StartAsync();
        await ServesTrustedAsync(one);
        await ServesTrustedAsync(other);
        var stolen = Cluster.StoredAuthority();
        Assert.True(await IsAcceptedAsync(stolen));

        var (exitCode, output, error) = await RevokeAsync();

        Assert.Empty(error);
        Assert.Equal(3, output.Length);
        var serial = stolen.Certificate.SerialNumber.TrimStart('0');
        Assert.StartsWith($"secret infra/sts-webhook-certificates: revoked CAs with the serial numbers {serial}; the new CA is ", output[0], StringComparison.Ordinal);
        Assert.Equal("mutatingwebhookconfigurations sts-webhook: trusts only the new CA", output[1]);
        Assert.Equal("validatingwebhookconfigurations sts-webhook: trusts only the new CA", output[2]);
        Assert.Equal(0, exitCode);
        Assert.False(await IsAcceptedAsync(stolen));
        await ServesTrustedAsync(one);
        await ServesTrustedAsync(other);
    }

    [Fact]
    public async Task Revoke_WhileReplicasEndAndStart_TheOldCaDoesNotComeBack()
    {
        await using var one = await StartAsync(("STS_WEBHOOK__SHUTDOWN_DELAY", "5"));
        await ServesTrustedAsync(one);
        var stolen = Cluster.StoredAuthority();

        await using var next = await StartAsync();
        await next.ReadyAsync();
        await one.Process.TerminateAsync();
        var (exitCode, _, _) = await RevokeAsync();
        Assert.Equal(0, exitCode);
        await using var last = await StartAsync();
        await ServesTrustedAsync(last);
        await one.Process.ExitCodeAsync();
        await next.Process.TerminateAsync();
        await next.Process.ExitCodeAsync();
        Cluster.Install();
        await ServesTrustedAsync(last);

        Assert.False(await IsAcceptedAsync(stolen));
        Assert.NotEqual(stolen.Certificate.SerialNumber, Cluster.StoredAuthority().Certificate.SerialNumber, StringComparer.Ordinal);
    }

    /// <summary>The remedy that was documented first: it must not be undone by the replicas that end.</summary>
    [Fact]
    public async Task Terminate_SecretDeleted_IsNotWrittenBackDuringTheDrain()
    {
        await using var webhook = await StartAsync(("STS_WEBHOOK__SHUTDOWN_DELAY", "3"));
        await ServesTrustedAsync(webhook);

        await webhook.Process.TerminateAsync();
        await webhook.LoggedAsync(50, "draining");
        Server.Objects.Remove(CertificateCluster.Secrets, CertificateCluster.Secret);
        await using (await ConnectAsync(webhook))
        {
            Assert.Equal(0, await webhook.Process.ExitCodeAsync());
        }

        Assert.Null(Server.Objects.Find(CertificateCluster.Secrets, CertificateCluster.Secret));
    }

    [Fact]
    public async Task Serve_CertificateForClientsInTheSecret_IsNeverServed()
    {
        await using var webhook = await StartAsync();
        await ServesTrustedAsync(webhook);
        var good = Cluster.Stored("tls.crt");

        for (var i = 0; i < 2; i++)
        {
            Cluster.OverwriteServing(ForgedCertificate.Serving(
                Cluster.StoredAuthority(), TimeProvider.System.GetUtcNow(), ForgedCertificate.ClientAuthentication));
            await Eventually.HoldsAsync("the Secret is restored", () => Cluster.Stored("tls.crt") == good);
            await ServesTrustedAsync(webhook);
        }
    }

    [Fact]
    public async Task Revoke_NoReplica_SaysSoAndExitsWith1_AndTheNextReplicaCompletesIt()
    {
        await using (var first = await StartAsync())
        {
            await ServesTrustedAsync(first);
        }

        var stolen = Cluster.StoredAuthority();
        var (exitCode, output, error) = await RevokeAsync();
        Assert.Equal((1, 0), (exitCode, error.Length));
        Assert.EndsWith("no replica has replaced them yet: start one, and run the command again", output[0], StringComparison.Ordinal);
        Assert.All(output[1..], line => Assert.Contains("still trusts revoked CAs: ", line, StringComparison.Ordinal));

        await using var webhook = await StartAsync();
        await ServesTrustedAsync(webhook);

        Assert.False(await IsAcceptedAsync(stolen));
    }

    [Fact]
    public async Task Revoke_NoSecret_ExitsWith2()
    {
        var (exitCode, output, error) = await RevokeAsync();

        Assert.StartsWith("sts-webhook: secret infra/sts-webhook-certificates: does not exist", Assert.Single(error), StringComparison.Ordinal);
        Assert.Empty(output);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Revoke_PermissionMissing_ExitsWith2()
    {
        await using var webhook = await StartAsync();
        await ServesTrustedAsync(webhook);
        Server.Fault = request => request is { IsSecret: true, Method: "GET" } ? StubFault.Status(403) : null;

        var (exitCode, _, error) = await RevokeAsync();

        Assert.Contains("403", Assert.Single(error), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    private Task<BareWebhook> StartAsync(params (string Name, string Value)[] environment) => BareWebhook.StartAsync(
        ["--kubeconfig", Server.Kubeconfig, "--tls", "managed"],
        [("STS_WEBHOOK__CERTIFICATES__NAMESPACE", CertificateCluster.Namespace), .. environment]);

    private Task<(int ExitCode, string[] Output, string[] Error)> RevokeAsync() => NativeProcess.RunAsync(
        ["certificates", "revoke", "--kubeconfig", Server.Kubeconfig, "--namespace", CertificateCluster.Namespace]);

    private Task<RawConnection> ConnectAsync(BareWebhook webhook) => webhook.ConnectAsync(
        CertificateCluster.ServiceHost,
        CertificateCluster.Policy(Cluster.Bundles().Distinct(StringComparer.Ordinal).Single(), TimeProvider.System.GetUtcNow()));

    /// <summary>Waits until a client that trusts only the bundle of the configurations gets an answer.</summary>
    private Task ServesTrustedAsync(BareWebhook webhook) => Eventually.HoldsAsync("a trusted certificate", async () =>
    {
        try
        {
            await using var connection = await ConnectAsync(webhook);
            return (await connection.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Status == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is InvalidOperationException or IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    });

    /// <summary>Whether openssl accepts, by any bundle, a certificate that the key of a CA signs for the Service.</summary>
    private async Task<bool> IsAcceptedAsync(CertificateAuthority stolen)
    {
        var evil = folder.Write("evil.crt", stolen.Issue([CertificateCluster.ServiceHost], TimeProvider.System.GetUtcNow()).CertificatesPem);
        var accepted = false;
        foreach (var bundle in Cluster.Bundles())
        {
            var file = folder.Write("bundle.crt", bundle);
            using var openssl = Process.Start(new ProcessStartInfo(
                "openssl", ["verify", "-no-CApath", "-no-CAstore", "-CAfile", file, "-purpose", "sslserver", evil])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            await openssl.WaitForExitAsync(TestContext.Current.CancellationToken);
            accepted |= openssl.ExitCode == 0;
        }

        return accepted;
    }
}
