using System.Text;
using System.Text.Json.Nodes;
using StsWebhook.Certificates.Managed;
using StsWebhook.Certificates.X509;
using StsWebhook.Cluster;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class WebhookConfigurationsTests : IAsyncLifetime
{
    private const string Bundle = "a bundle\n";

    private readonly LineLog log = new();
    private StubApiServer? stub;
    private KubernetesApiClient? api;

    private StubApiServer Server => stub!;

    private WebhookConfigurations Configurations { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        stub = await StubApiServer.StartAsync();
        api = KubernetesApiClient.ConnectAsUser(new StartupSettings { Kubeconfig = Server.Kubeconfig }, context: null, TimeProvider.System);
        Configurations = new WebhookConfigurations(api, CertificateCluster.Configuration, log.For<WebhookConfigurations>());
    }

    public async ValueTask DisposeAsync()
    {
        api!.Dispose();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task Read_BothExist_ReturnsKindVersionAndBundles()
    {
        Install();

        var found = await ReadAsync();

        Assert.Equal(WebhookConfigurations.Kinds, found.Select(c => c!.Kind), StringComparer.Ordinal);
        Assert.All(found, c => Assert.Equal([null, "AAAA"], c!.Bundles, StringComparer.Ordinal));
        Assert.Equal(
            CertificateCluster.Kinds.Select(kind => (string?)Server.Objects.Find(kind, CertificateCluster.Configuration)!["metadata"]!["resourceVersion"]),
            found.Select(c => c!.Version),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"sts-webhook"}}""", 0)]
    [InlineData("""{"metadata":{"name":"sts-webhook"},"webhooks":null}""", 0)]
    [InlineData("""{"metadata":{"name":"sts-webhook"},"webhooks":[{"name":"a"},{"name":"b","clientConfig":{"caBundle":null}}]}""", 2)]
    public async Task Read_OptionalMembersMissing_ReturnsNoBundles(string json, int webhooks)
    {
        Server.Objects.Put(CertificateCluster.Kinds[0], CertificateCluster.Configuration, JsonNode.Parse(json)!.AsObject());

        var configuration = Assert.Single(await ReadAsync());

        Assert.Equal(new string?[webhooks], configuration!.Bundles);
    }

    [Fact]
    public async Task Read_Missing_IsLoggedOnceUntilItExists()
    {
        await ReadAsync();
        await ReadAsync();
        Assert.Equal(2, Lines(45).Length);

        Install();
        await ReadAsync();
        Server.Objects.Remove(CertificateCluster.Kinds[0], CertificateCluster.Configuration);
        await ReadAsync();

        Assert.Equal(3, Lines(45).Length);
    }

    [Fact]
    public async Task Read_Forbidden_ReturnsNullAndIsLoggedOncePerKind()
    {
        Install();
        Server.Fault = _ => StubFault.Status(403);

        await ReadAsync();
        var found = await ReadAsync();

        Assert.Equal([null, null], found);
        Assert.Equal(2, Lines(30).Length);
        Assert.Contains("get, list, watch and patch sts-webhook of mutatingwebhookconfigurations", Lines(30)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateCaBundles_BundlesDiffer_AreSetAndThenUnchanged()
    {
        Install();

        Assert.Equal(ReconcileResult.Updated, await UpdateAsync());
        Assert.All(new CertificateCluster(Server.Objects).Bundles(), bundle => Assert.Equal(Bundle, bundle));
        Assert.Equal(2, Lines(44).Length);
        var writes = Server.Count(r => r.IsWrite);

        Assert.Equal(ReconcileResult.Unchanged, await UpdateAsync());
        Assert.Equal(writes, Server.Count(r => r.IsWrite));
        Assert.All(Server.Requests.Where(r => r.IsWrite), r => Assert.Equal("sts-webhook", r.Query["fieldManager"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UpdateCaBundles_ConfigurationChangedSinceItWasRead_IsAConflict(bool isDeleted)
    {
        Install();
        var found = await ReadAsync();
        if (isDeleted)
        {
            Server.Objects.Remove(CertificateCluster.Kinds[0], CertificateCluster.Configuration);
        }
        else
        {
            Server.Objects.Put(CertificateCluster.Kinds[0], CertificateCluster.Configuration, CertificateCluster.Empty());
        }

        var result = await Configurations.UpdateCaBundlesAsync(found, Bundle, TestContext.Current.CancellationToken);

        Assert.Equal(ReconcileResult.Conflict, result);
    }

    [Fact]
    public async Task UpdateCaBundles_Forbidden_IsLoggedOnceUntilAPatchSucceeds()
    {
        Install();
        Server.Fault = r => r.Method == "PATCH" ? StubFault.Status(403) : null;
        Assert.Equal(ReconcileResult.Forbidden, await UpdateAsync());
        Assert.Equal(ReconcileResult.Forbidden, await UpdateAsync());
        Assert.Equal(2, Lines(30).Length);

        Server.Fault = _ => null;
        Assert.Equal(ReconcileResult.Updated, await UpdateAsync());
        Install();
        Server.Fault = r => r.Method == "PATCH" ? StubFault.Status(403) : null;
        Assert.Equal(ReconcileResult.Forbidden, await UpdateAsync());

        Assert.Equal(4, Lines(30).Length);
    }

    [Fact]
    public async Task AllTrust_OneForbidden_IsFalse()
    {
        Install();
        await UpdateAsync();
        var found = await ReadAsync();
        Assert.True(WebhookConfigurations.AllTrust(found, Bundle));
        Assert.False(WebhookConfigurations.AllTrust(found, "another bundle"));

        Assert.False(WebhookConfigurations.AllTrust([.. found, null], Bundle));
    }

    [Fact]
    public void TrustedBy_BundlesOfAllSorts_ReturnsTheCertificatesOfTheValidOnes()
    {
        var authority = CertificateAuthority.Create(new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var valid = Convert.ToBase64String(Encoding.ASCII.GetBytes(authority.Certificate.ExportCertificatePem()));

        var trusted = WebhookConfigurations.TrustedBy(
        [
            null,
            new WebhookConfigurations.Configuration("kind", "1", [null, "AAAA", "not base64", valid]),
            new WebhookConfigurations.Configuration("kind", "1", [valid]),
        ]);

        Assert.Equal(authority.Certificate.Thumbprint, Assert.Single(trusted).Thumbprint);
    }

    private void Install() => new CertificateCluster(Server.Objects).Install();

    private Task<IReadOnlyList<WebhookConfigurations.Configuration?>> ReadAsync() =>
        Configurations.ReadAsync(TestContext.Current.CancellationToken);

    private async Task<ReconcileResult> UpdateAsync() =>
        await Configurations.UpdateCaBundlesAsync(await ReadAsync(), Bundle, TestContext.Current.CancellationToken);

    private string[] Lines(int eventId) => [.. log.Lines.Where(line => line.StartsWith($"{eventId} ", StringComparison.Ordinal))];
}
