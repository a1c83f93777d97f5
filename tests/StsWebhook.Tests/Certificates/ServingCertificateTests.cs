using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using StsWebhook.Certificates.Tls;
using StsWebhook.Certificates.X509;
using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class ServingCertificateTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ServerMetrics metrics = new(byNamespace: false);
    private readonly CertificateAuthority authority = CertificateAuthority.Create(Now);
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ForHandshake_NoCertificateYet_Throws()
    {
        var serving = new ServingCertificate(metrics, clients: null);

        Assert.Null(serving.Leaf);
        var fault = await Assert.ThrowsAsync<AuthenticationException>(async () => await serving.ForHandshakeAsync(new TlsHandshakeCallbackContext()));
        Assert.Equal("the serving certificate is not loaded yet", fault.Message);
    }

    [Fact]
    public async Task ForHandshake_AfterUse_OffersTheLastCertificate()
    {
        var serving = new ServingCertificate(metrics, clients: null);
        var (first, second) = (authority.Issue(["a.example"], Now), authority.Issue(["b.example"], Now));

        serving.Use(first, authority.Certificate.Expiry());
        var before = await serving.ForHandshakeAsync(new TlsHandshakeCallbackContext());
        serving.Use(second, authority.Certificate.Expiry());
        var after = await serving.ForHandshakeAsync(new TlsHandshakeCallbackContext());

        Assert.Null(serving.NotReadyReason);
        Assert.Equal(first.Leaf.Thumbprint, before.ServerCertificateContext!.TargetCertificate.Thumbprint);
        Assert.Equal(second.Leaf.Thumbprint, after.ServerCertificateContext!.TargetCertificate.Thumbprint);
        Assert.Equal(second.Leaf.Thumbprint, serving.Leaf!.Thumbprint);
    }

    [Fact]
    public async Task ForHandshake_NoClientCa_AsksForNoCertificate()
    {
        var serving = new ServingCertificate(metrics, clients: null);
        serving.Use(authority.Issue(["a.example"], Now), authorityExpiry: null);

        var options = await serving.ForHandshakeAsync(new TlsHandshakeCallbackContext());

        Assert.False(options.ClientCertificateRequired);
        Assert.Null(options.RemoteCertificateValidationCallback);
        Assert.Equal(TlsPolicy.Protocols, options.EnabledSslProtocols);
        Assert.False(options.AllowRenegotiation);
        Assert.Equal([SslApplicationProtocol.Http11], options.ApplicationProtocols!);
    }

    [Fact]
    public async Task ForHandshake_ClientCa_RequiresACertificateOnceTheCaIsLoaded()
    {
        using var clients = new ClientAuthorities(folder["ca.crt"], TimeProvider.System, new LineLog().For<ClientAuthorities>());
        var serving = new ServingCertificate(metrics, clients);
        serving.Use(authority.Issue(["a.example"], Now), authorityExpiry: null);
        clients.Poll();
        Assert.Equal("the client CA is not loaded yet", serving.NotReadyReason);
        await Assert.ThrowsAsync<AuthenticationException>(async () => await serving.ForHandshakeAsync(new TlsHandshakeCallbackContext()));

        folder.Write("ca.crt", authority.Certificate.ExportCertificatePem());
        clients.Poll();
        var options = await serving.ForHandshakeAsync(new TlsHandshakeCallbackContext());

        Assert.True(options.ClientCertificateRequired);
        Assert.Same(clients.Policy, options.CertificateChainPolicy);
        Assert.NotNull(options.RemoteCertificateValidationCallback);
    }
}
