using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Acceptance;

/// <summary>Reviews are taken only from clients with a certificate of a CA that the settings name.</summary>
public sealed class ClientAuthoritiesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ClientAuthority authority = ClientAuthority.Create();

    public static TheoryData<SslProtocols> Protocols => [SslProtocols.Tls12, SslProtocols.Tls13];

    public void Dispose()
    {
        authority.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Connect_WithACertificateOfTheCa_IsAnswered(SslProtocols protocol)
    {
        await using var webhook = await StartAsync(authority.Pem);
        using var client = authority.Issue();
        using var withoutUsage = authority.Issue(usage: null);

        Assert.True(await IsAnsweredAsync(webhook, client, protocol));
        // Without that extension a certificate is good for everything (RFC 5280, 4.2.1.12).
        Assert.True(await IsAnsweredAsync(webhook, withoutUsage, protocol));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Connect_WithAnotherCertificate_IsRejected(SslProtocols protocol)
    {
        await using var webhook = await StartAsync(authority.Pem);
        using var namesake = ClientAuthority.Create();
        using var ofNamesake = namesake.Issue();
        using var forServers = authority.Issue(ClientAuthority.ForServers);
        using var expired = authority.Issue(validFrom: -2, validTo: -1);
        using var early = authority.Issue(validFrom: 1, validTo: 2);

        Assert.False(await IsAnsweredAsync(webhook, client: null, protocol));
        Assert.False(await IsAnsweredAsync(webhook, ofNamesake, protocol));
        Assert.False(await IsAnsweredAsync(webhook, namesake.Certificate, protocol));
        Assert.False(await IsAnsweredAsync(webhook, forServers, protocol));
        Assert.False(await IsAnsweredAsync(webhook, expired, protocol));
        Assert.False(await IsAnsweredAsync(webhook, early, protocol));

        using var sound = authority.Issue();
        Assert.True(await IsAnsweredAsync(webhook, sound, protocol));
        await LoggedAsync(webhook, 53, "it has no certificate");
        await LoggedAsync(webhook, 53, "CN=kube-apiserver: NotValidForUsage");
        await LoggedAsync(webhook, 53, "CN=kube-apiserver: NotTimeValid");
    }

    [Fact]
    public async Task Connect_WithACertificateOfAnIntermediate_RequiresItInTheHandshake()
    {
        using var fetched = new TcpListener(IPAddress.Loopback, 0);
        fetched.Start();
        await using var webhook = await StartAsync(authority.Pem);
        using var intermediate = authority.Intermediate();
        using var client = intermediate.Issue(issuerAddress: new Uri($"http://{fetched.LocalEndpoint}/"));

        Assert.False(await IsAnsweredAsync(webhook, client));
        Assert.True(await IsAnsweredAsync(webhook, client, SslProtocols.None, intermediate.Certificate));

        Assert.False(fetched.Pending());
    }

    [Fact]
    public async Task Start_NoFile_IsNotReadyUntilItExists()
    {
        await using var webhook = await StartAsync(content: null);
        using var client = authority.Issue();

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "the client CA is not loaded yet\n"), await ManageAsync(webhook, "/readyz"));
        Assert.Equal((HttpStatusCode.OK, "ok\n"), await ManageAsync(webhook, "/livez"));
        Assert.False(await IsAnsweredAsync(webhook, client));
        await LoggedAsync(webhook, 52, "Could not find");

        folder.Write("ca.crt", authority.Pem);

        await Eventually.HoldsAsync("readiness", async () => (await ManageAsync(webhook, "/readyz")).Status == HttpStatusCode.OK);
        Assert.True(await IsAnsweredAsync(webhook, client));
    }

    [Fact]
    public async Task Change_OfTheFile_AppliesUnlessItIsInvalid()
    {
        await using var webhook = await StartAsync(authority.Pem);
        using var next = ClientAuthority.Create("next");
        using var client = authority.Issue();
        using var ofNext = next.Issue();
        Assert.False(await IsAnsweredAsync(webhook, ofNext));

        folder.Write("ca.crt", authority.Pem + next.Pem);
        await Eventually.HoldsAsync("the second CA", () => IsAnsweredAsync(webhook, ofNext));
        Assert.True(await IsAnsweredAsync(webhook, client));

        folder.Write("ca.crt", authority.Pem + next.Pem[..100]);
        await LoggedAsync(webhook, 52, "it does not contain valid certificates");
        Assert.True(await IsAnsweredAsync(webhook, ofNext));
        Assert.Equal(HttpStatusCode.OK, (await ManageAsync(webhook, "/readyz")).Status);

        folder.Write("ca.crt", next.Pem);
        await Eventually.HoldsAsync("the end of the first CA", async () => !await IsAnsweredAsync(webhook, client));
        Assert.True(await IsAnsweredAsync(webhook, ofNext));
    }

    private async Task<ServingProcess> StartAsync(string? content)
    {
        if (content is not null)
        {
            folder.Write("ca.crt", content);
        }

        var webhook = await ServingProcess.StartAsync(["--client-ca", folder["ca.crt"]]);
        if (content is not null)
        {
            await LoggedAsync(webhook, 51, folder["ca.crt"]);
        }

        return webhook;
    }

    private static Task LoggedAsync(ServingProcess webhook, int eventId, string part) => Eventually.HoldsAsync(
        $"line {eventId} with: {part}",
        () => webhook.Process.Output.Any(line =>
            line.Contains($"\"EventId\":{eventId},", StringComparison.Ordinal) && line.Contains(part, StringComparison.Ordinal)));

    private static async Task<(HttpStatusCode Status, string Text)> ManageAsync(ServingProcess webhook, string path)
    {
        var answer = await webhook.Client.ManageAsync(HttpMethod.Get, path);
        return (answer.Status, answer.Text);
    }

    /// <summary>In TLS 1.3 a client hears of the server's refusal only when it reads what it takes for the answer.</summary>
    private static async Task<bool> IsAnsweredAsync(
        ServingProcess webhook, X509Certificate2? client, SslProtocols protocol = SslProtocols.None, params X509Certificate2[] sent)
    {
        try
        {
            await using var connection = await webhook.Client.ConnectAsync(new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = protocol,
                ClientCertificateContext = client is null ? null : SslStreamCertificateContext.Create(client, [.. sent], offline: true),
            });
            return (await connection.PostAsync("/mutate", Recordings.Bytes(Recordings.Sound))).Patch is not null;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return false;
        }
    }
}
