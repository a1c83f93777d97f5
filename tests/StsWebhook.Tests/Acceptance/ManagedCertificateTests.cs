using System.Diagnostics;
using System.Net;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>The native binary with managed certificates.</summary>
[Trait("Speed", "RealTime")]
public sealed class ManagedCertificateTests
{
    private const string Expiry = "sts_webhook_certificate_expiry_timestamp_seconds";

    [Fact]
    public async Task Start_ConfigurationsCreatedLater_IsReadyBeforeAndTrustedAfter()
    {
        await using var server = await StubApiServer.StartAsync();
        var cluster = new CertificateCluster(server.Objects);
        await using var webhook = await StartAsync(server);
        await webhook.ReadyAsync();
        await webhook.LoggedAsync(45, "validatingwebhookconfigurations");

        cluster.Install();

        await TrustedAsync(webhook, cluster);
        var page = await webhook.MetricsAsync();
        await using var connection = await ConnectAsync(webhook, cluster);
        Assert.NotNull((await connection.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        Assert.Equal(connection.ServerCertificate.Expiry().ToUnixTimeSeconds(), page.Sum(Expiry, "certificate=serving"));
        Assert.Equal(
            CertificateCluster.Authorities(cluster.Bundles().First()).Single().Expiry().ToUnixTimeSeconds(),
            page.Sum(Expiry, "certificate=ca"));
    }

    [Fact]
    public async Task BundleOverwritten_IsRestoredWithinSeconds()
    {
        await using var server = await StubApiServer.StartAsync();
        var cluster = new CertificateCluster(server.Objects);
        cluster.Install();
        await using var webhook = await StartAsync(server);
        await TrustedAsync(webhook, cluster);

        for (var i = 0; i < 3; i++)
        {
            // As a helm upgrade may.
            cluster.Install();
            var started = Stopwatch.GetTimestamp();
            await TrustedAsync(webhook, cluster);
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task BundleOverwrittenRepeatedly_BacksOff()
    {
        await using var server = await StubApiServer.StartAsync();
        var cluster = new CertificateCluster(server.Objects);
        cluster.Install();
        await using var webhook = await StartAsync(server);
        await TrustedAsync(webhook, cluster);
        var before = server.Count(r => r.Method == "PATCH");

        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(3))
        {
            cluster.Install();
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.InRange(server.Count(r => r.Method == "PATCH") - before, 2, 40);
    }

    [Fact]
    public async Task SecretDeleted_IsRestoredUnchanged()
    {
        await using var server = await StubApiServer.StartAsync();
        var cluster = new CertificateCluster(server.Objects);
        cluster.Install();
        await using var webhook = await StartAsync(server);
        await TrustedAsync(webhook, cluster);
        var (certificate, bundles) = (cluster.Stored("tls.crt"), cluster.Bundles().ToArray());

        server.Objects.Remove(CertificateCluster.Secrets, CertificateCluster.Secret);

        await Eventually.HoldsAsync("the Secret", () => cluster.Stored("tls.crt") is not null);
        Assert.Equal(certificate, cluster.Stored("tls.crt"));
        Assert.Equal(bundles, cluster.Bundles(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Start_SecretForbidden_IsNotReadyAndLogsThePermission()
    {
        await using var server = await StubApiServer.StartAsync();
        server.Fault = request => request.IsSecret ? StubFault.Status(403) : null;
        await using var webhook = await StartAsync(server);

        await webhook.LoggedAsync(30, "get, list, watch and patch sts-webhook-certificates, and to create it");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await webhook.GetAsync("/readyz")).Status);

        server.Fault = _ => null;
        await webhook.ReadyAsync();
    }

    [Fact]
    public async Task Server_Unreachable_CertificateIsStillServed()
    {
        await using var server = await StubApiServer.StartAsync();
        var cluster = new CertificateCluster(server.Objects);
        cluster.Install();
        await using var webhook = await StartAsync(server);
        await TrustedAsync(webhook, cluster);

        await server.StopAsync();
        await webhook.LoggedAsync(31, "failed");
        Assert.Equal(HttpStatusCode.OK, (await webhook.GetAsync("/readyz")).Status);
        await using (await ConnectAsync(webhook, cluster))
        {
            cluster.Install();
        }

        await server.StartAgainAsync();
        await TrustedAsync(webhook, cluster);
    }

    [Fact]
    public async Task Log_AtTrace_ContainsNoKey()
    {
        await using var server = await StubApiServer.StartAsync();
        var cluster = new CertificateCluster(server.Objects);
        cluster.Install();
        await using var webhook = await StartAsync(server, ("STS_WEBHOOK__LOG_LEVEL", "trace"));
        await TrustedAsync(webhook, cluster);

        var log = string.Join('\n', webhook.Process.Output);
        Assert.All(
            $"{cluster.Stored("tls.key")}\n{cluster.Stored("ca.key")}".Split('\n').Where(line => line.Length > 40),
            line => Assert.DoesNotContain(line, log, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NoCluster_FailsWithOneLine()
    {
        var (exitCode, _, error) = await NativeProcess.RunAsync(["serve", "--cluster", "none", "--tls", "managed"]);

        Assert.StartsWith("sts-webhook: tls: 'managed' is not possible without a cluster", Assert.Single(error), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    [Fact]
    public async Task Start_NoNamespaceOutsideAPod_FailsWithOneLine()
    {
        await using var server = await StubApiServer.StartAsync();

        var (exitCode, _, error) = await NativeProcess.RunAsync(["serve", "--kubeconfig", server.Kubeconfig, "--tls", "managed"]);

        Assert.StartsWith("sts-webhook: certificates.namespace: required", Assert.Single(error), StringComparison.Ordinal);
        Assert.Equal(2, exitCode);
    }

    private static Task<BareWebhook> StartAsync(StubApiServer server, params (string Name, string Value)[] environment) =>
        BareWebhook.StartAsync(
            ["--kubeconfig", server.Kubeconfig, "--tls", "managed"],
            [("STS_WEBHOOK__CERTIFICATES__NAMESPACE", CertificateCluster.Namespace), .. environment]);

    private static Task<RawConnection> ConnectAsync(BareWebhook webhook, CertificateCluster cluster) => webhook.ConnectAsync(
        CertificateCluster.ServiceHost,
        CertificateCluster.Policy(cluster.Bundles().Distinct(StringComparer.Ordinal).Single(), TimeProvider.System.GetUtcNow()));

    /// <summary>Waits until all configurations trust one bundle, and a client that trusts nothing else connects.</summary>
    private static async Task TrustedAsync(BareWebhook webhook, CertificateCluster cluster)
    {
        await webhook.ReadyAsync();
        await Eventually.HoldsAsync("one bundle", () => cluster.Bundles().Distinct(StringComparer.Ordinal).Count() == 1);
        await using var connection = await ConnectAsync(webhook, cluster);
    }
}
