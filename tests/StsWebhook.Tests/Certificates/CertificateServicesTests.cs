using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StsWebhook.Certificates;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Certificates;

public sealed class CertificateServicesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AddCertificates_InACluster_DefaultsToManaged()
    {
        // Managed is what needs an API server.
        Assert.Throws<ConfigurationException>(() => Add(new StartupSettings { Cluster = ClusterMode.InCluster }));

        Assert.Equal(1, Add(new StartupSettings { Cluster = ClusterMode.InCluster, Tls = TlsMode.Files }));
        Assert.False(File.Exists(folder["tls.crt"]));
    }

    [Fact]
    public void AddCertificates_OutsideACluster_DefaultsToEphemeral()
    {
        Assert.Equal(1, Add(new StartupSettings { Cluster = ClusterMode.None }));

        Assert.True(File.Exists(folder["tls.crt"]));
    }

    [Fact]
    public void NamesFor_ServiceAndExtraNames_ReturnsThemNormalized() => Assert.Equal(
        ["hook.infra.svc", "hook.example", "10.0.0.1", "fd00::1"],
        CertificateServices.NamesFor(new CertificateSettings { Service = "hook", ExtraNames = "hook.example, 10.0.0.1,fd00:0::1" }, "infra"),
        StringComparer.Ordinal);

    private int Add(StartupSettings settings)
    {
        var services = new ServiceCollection();
        services.AddCertificates(settings with { TlsDirectory = folder.Path }, api: null, TimeProvider.System);
        return services.Count(s => s.ServiceType == typeof(IHostedService));
    }
}
