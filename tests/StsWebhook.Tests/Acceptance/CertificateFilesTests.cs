using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Certificates that somebody else puts into a folder, as the kubelet puts a Secret there.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private const string Host = "sts-webhook.infra.svc";
    private const string Expiry = "sts_webhook_certificate_expiry_timestamp_seconds";

    private readonly MountedSecret mount = new();
    private readonly CertificateAuthority authority = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());

    public void Dispose() => mount.Dispose();

    [Fact]
    public async Task Start_NoFiles_IsAliveAndReadyOnceTheyExist()
    {
        await using var webhook = await StartAsync();

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "the serving certificate is not loaded yet\n"), await webhook.GetAsync("/readyz"));
        Assert.Equal(HttpStatusCode.OK, (await webhook.GetAsync("/livez")).Status);
        await Assert.ThrowsAnyAsync<Exception>(() => webhook.ConnectAsync(Host, Trusting(authority)));
        await webhook.LoggedAsync(41, mount.Folder);

        mount.Swap(Issue(authority), authority.Certificate.ExportCertificatePem());

        await webhook.ReadyAsync();
        await using var connection = await webhook.ConnectAsync(Host, Trusting(authority));
        Assert.NotNull((await connection.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        var page = await webhook.MetricsAsync();
        Assert.Equal(authority.Certificate.Expiry().ToUnixTimeSeconds(), page.Sum(Expiry, "certificate=ca"));
        Assert.Equal(connection.ServerCertificate.Expiry().ToUnixTimeSeconds(), page.Sum(Expiry, "certificate=serving"));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Swap_NewPair_IsServedAndOpenConnectionsStay(SslProtocols protocol)
    {
        mount.Swap(Issue(authority));
        await using var webhook = await StartAsync();
        await webhook.ReadyAsync();
        await using var open = await RawConnection.OpenAsync(webhook.HttpsPort, Host, Trusting(authority), protocol);
        var other = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());
        var next = Issue(other);

        mount.Swap(next);

        await Eventually.HoldsAsync("the new certificate", () => ShowsAsync(webhook, other, next.Leaf));
        Assert.NotNull((await open.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
        Assert.DoesNotContain((await webhook.MetricsAsync()).Of(Expiry), series => series.Contains("\"ca\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Swap_PairDoesNotMatch_KeepsTheLastValidOne()
    {
        var good = Issue(authority);
        mount.Swap(good);
        await using var webhook = await StartAsync();
        await webhook.ReadyAsync();

        mount.Swap(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["tls.crt"] = Issue(authority).CertificatesPem,
            ["tls.key"] = MountedSecret.KeyOf(good),
        });
        await webhook.LoggedAsync(41, "tls.key does not contain the unencrypted key of the certificate in tls.crt");
        Assert.True(await ShowsAsync(webhook, authority, good.Leaf));

        var half = Issue(authority).CertificatesPem;
        mount.Swap(new Dictionary<string, string>(StringComparer.Ordinal) { ["tls.crt"] = half[..(half.Length / 2)], ["tls.key"] = "" });
        await webhook.LoggedAsync(41, "tls.crt does not contain valid certificates");

        mount.Swap(new Dictionary<string, string>(StringComparer.Ordinal));
        await webhook.LoggedAsync(41, "Could not find");
        Assert.True(await ShowsAsync(webhook, authority, good.Leaf));
        Assert.Equal(HttpStatusCode.OK, (await webhook.GetAsync("/readyz")).Status);

        var next = Issue(authority);
        mount.Swap(next);
        await Eventually.HoldsAsync("the new certificate", () => ShowsAsync(webhook, authority, next.Leaf));
        Assert.DoesNotContain(webhook.Process.Output, line => line.Contains("PRIVATE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Write_FilesOneByOne_EachConnectionGetsAWholePair()
    {
        using var folder = new TemporaryFolder();
        var good = Issue(authority);
        folder.Write("tls.crt", good.CertificatesPem);
        folder.Write("tls.key", MountedSecret.KeyOf(good));
        await using var webhook = await BareWebhook.StartAsync(
            ["--cluster", "none", "--nodes", Recordings.Nodes, "--tls", "files", "--tls-dir", folder.Path]);
        await webhook.ReadyAsync();
        var next = Issue(authority);

        // As an editor or a copy over the network writes: the reader looks each second, and this takes three.
        foreach (var (name, text) in new[] { ("tls.crt", next.CertificatesPem), ("tls.key", MountedSecret.KeyOf(next)) })
        {
            folder.Write(name, text[..(text.Length / 2)]);
            for (var i = 0; i < 15; i++)
            {
                Assert.True(await ShowsAsync(webhook, authority, good.Leaf));
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }

            folder.Write(name, text);
        }

        await Eventually.HoldsAsync("the new certificate", () => ShowsAsync(webhook, authority, next.Leaf));
        await webhook.LoggedAsync(41, "tls.crt does not contain valid certificates");
    }

    [Fact]
    public async Task Handshake_CertificateOfAnIntermediate_WholeChainIsSent()
    {
        var chain = TestChain.Create(Host);
        mount.Swap(new Dictionary<string, string>(StringComparer.Ordinal) { ["tls.crt"] = chain.CertificatesPem, ["tls.key"] = chain.KeyPem });
        await using var webhook = await StartAsync();
        await webhook.ReadyAsync();

        // The client knows the root alone.
        await using var connection = await webhook.ConnectAsync(Host, RawConnection.Trusting(chain.Root));

        Assert.NotNull((await connection.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch);
    }

    private Task<BareWebhook> StartAsync() => BareWebhook.StartAsync(
        ["--cluster", "none", "--nodes", Recordings.Nodes, "--tls", "files", "--tls-dir", mount.Folder]);

    private static async Task<bool> ShowsAsync(BareWebhook webhook, CertificateAuthority trusted, X509Certificate2 expected)
    {
        try
        {
            await using var connection = await webhook.ConnectAsync(Host, Trusting(trusted));
            return connection.ServerCertificate.Thumbprint == expected.Thumbprint;
        }
        catch (AuthenticationException)
        {
            return false;
        }
    }

    private static X509ChainPolicy Trusting(CertificateAuthority authority) => RawConnection.Trusting(authority.Certificate);

    private static CertificatePair Issue(CertificateAuthority authority) => authority.Issue([Host], TimeProvider.System.GetUtcNow());
}
