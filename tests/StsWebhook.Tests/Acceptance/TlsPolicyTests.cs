using System.Diagnostics;
using System.Net.Security;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Certificates.X509;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>What the admission port agrees to, offered one thing at a time.</summary>
[SupportedOSPlatform("linux")]
public sealed class TlsPolicyTests : IDisposable
{
    private const string Host = "sts-webhook.infra.svc";

    private static readonly TlsCipherSuite[] Tls13 =
    [
        TlsCipherSuite.TLS_AES_128_GCM_SHA256, TlsCipherSuite.TLS_AES_256_GCM_SHA384, TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
    ];

    private readonly MountedSecret mount = new();

    public void Dispose() => mount.Dispose();

    [Fact]
    public async Task Suites_OfACertificateWithAnEcKey_AreThoseWithForwardSecrecyAndAuthenticatedCiphers()
    {
        var authority = CertificateAuthority.Create(TimeProvider.System.GetUtcNow());
        mount.Swap(authority.Issue([Host], TimeProvider.System.GetUtcNow()));

        Assert.Equal(
            [
                .. Tls13,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
            ],
            await AcceptedAsync(authority.Certificate));
    }

    [Fact]
    public async Task Suites_OfACertificateWithAnRsaKey_AreTheSame()
    {
        var chain = TestChain.Create(Host);
        mount.Swap(new Dictionary<string, string>(StringComparer.Ordinal) { ["tls.crt"] = chain.CertificatesPem, ["tls.key"] = chain.KeyPem });

        Assert.Equal(
            [
                .. Tls13,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
                TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
            ],
            await AcceptedAsync(chain.Root));
    }

    /// <summary>OpenSSL's own client. Unlike .NET's it accepts any protocol version on request.</summary>
    [Theory]
    [InlineData("-tls1_3", "New, TLSv1.3, Cipher is TLS_AES_")]
    [InlineData("-tls1_2", "New, TLSv1.2, Cipher is ECDHE-ECDSA-AES")]
    [InlineData("-tls1_1 -cipher ALL:@SECLEVEL=0", "alert protocol version")]
    [InlineData("-tls1 -cipher ALL:@SECLEVEL=0", "alert protocol version")]
    [InlineData("-tls1_2 -cipher AES128-GCM-SHA256", "alert handshake failure")]
    [InlineData("-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA256", "alert handshake failure")]
    [InlineData("-tls1_2 -cipher ECDHE-ECDSA-AES256-SHA", "alert handshake failure")]
    [InlineData("-tls1_2 -cipher eNULL:aNULL:@SECLEVEL=0", "alert handshake failure")]
    [InlineData("-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256", "alert handshake failure")]
    public async Task OpenSslClient_Connects_SeesTheTlsPolicy(string offer, string expected)
    {
        await using var webhook = await ServingProcess.StartAsync();

        Assert.Contains(expected, await AskAsync(webhook, offer, input: string.Empty), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenSslClient_ThatRenegotiates_LosesItsConnection()
    {
        await using var webhook = await ServingProcess.StartAsync();

        // A line with only R requests a renegotiation (openssl-s_client(1)); the request after it would be answered.
        var answer = await AskAsync(webhook, "-tls1_2", "R\nGET / HTTP/1.1\nHost: localhost\n\n");

        Assert.Contains("RENEGOTIATING", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("HTTP/1.1", answer, StringComparison.Ordinal);
    }

    /// <summary>No key of a ticket outlives a connection, to open it later (RFC 9325, 3.4).</summary>
    [Fact]
    public async Task OpenSslClient_ThatResumes_BeginsAnew()
    {
        await using var webhook = await ServingProcess.StartAsync();

        var answer = await AskAsync(webhook, "-tls1_2 -reconnect", "GET / HTTP/1.1\nHost: localhost\n\n");

        Assert.Contains("New, TLSv1.2", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Reused", answer, StringComparison.Ordinal);
    }

    private async Task<TlsCipherSuite[]> AcceptedAsync(X509Certificate2 trusted)
    {
        await using var webhook = await BareWebhook.StartAsync(
            ["--cluster", "none", "--nodes", Recordings.Nodes, "--tls", "files", "--tls-dir", mount.Folder]);
        await webhook.ReadyAsync();
        var accepted = new List<TlsCipherSuite>();
        foreach (var suite in Enum.GetValues<TlsCipherSuite>().Distinct())
        {
            if (PolicyOf(suite) is { } policy && await IsAcceptedAsync(webhook.HttpsPort, policy, trusted))
            {
                accepted.Add(suite);
            }
        }

        return [.. accepted];
    }

    private static async Task<bool> IsAcceptedAsync(int port, CipherSuitesPolicy policy, X509Certificate2 trusted)
    {
        try
        {
            await using var connection = await RawConnection.OpenAsync(port, new SslClientAuthenticationOptions
            {
                TargetHost = Host,
                CipherSuitesPolicy = policy,
                CertificateChainPolicy = RawConnection.Trusting(trusted),
            });
            return true;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
    }

    /// <summary>Null where this machine's OpenSSL does not know the suite.</summary>
    private static CipherSuitesPolicy? PolicyOf(TlsCipherSuite suite)
    {
        var policy = new CipherSuitesPolicy([suite]);
        return policy.AllowedCipherSuites.Any() ? policy : null;
    }

    private static async Task<string> AskAsync(ServingProcess webhook, string options, string input)
    {
        Assert.SkipWhen(Repository.Tool("openssl") is null, "there is no openssl on this machine: Debian's package of that name has it");

        var start = new ProcessStartInfo("timeout", ["60", "openssl", "s_client", "-connect", $"localhost:{webhook.Client.HttpsPort}", .. options.Split(' ')])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var openssl = Process.Start(start)!;
        var output = openssl.StandardOutput.ReadToEndAsync();
        var error = openssl.StandardError.ReadToEndAsync();
        await openssl.StandardInput.WriteAsync(input);
        openssl.StandardInput.Close();
        await openssl.WaitForExitAsync();
        return await output + await error;
    }
}
