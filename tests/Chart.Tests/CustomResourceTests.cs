using System.Text.Json.Nodes;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>Objects of the Prometheus operator and of cert-manager, validated with the schemas of their CustomResourceDefinitions.</summary>
public sealed class CustomResourceTests
{
    [Theory]
    [InlineData("service-monitor", "ServiceMonitor")]
    [InlineData("pod-monitor", "PodMonitor")]
    [InlineData("prometheus-rule", "PrometheusRule")]
    [InlineData("cert-manager", "Issuer,Certificate,Issuer,Certificate")]
    [InlineData("cert-manager-issuer", "Certificate")]
    public void CustomResources_MatchTheirDefinitions(string feature, string kinds)
    {
        var resources = Helm.Template(Helm.Ci(feature)).CustomResources.ToArray();

        Assert.Equal(
            kinds.Split(',').Order(StringComparer.Ordinal),
            resources.Select(r => r["kind"]!.ToString()).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Empty(MistakesIn(resources));
    }

    [Fact]
    public void Validator_OfAWrongType_ReportsIt()
    {
        var monitor = Helm.Template(Helm.Ci("service-monitor")).CustomResources.Single();
        monitor["spec"]!["endpoints"]![0]!["port"] = 8080;

        Assert.Contains("endpoints/0/port must be string", MistakesIn([monitor]), StringComparison.Ordinal);
    }

    [Fact]
    public void CertManager_OfItsOwnCa_SignsForTheServiceAndInjectsIntoBothConfigurations()
    {
        var manifests = Helm.Template(Helm.Ci("cert-manager"));
        var certificate = manifests.CustomResources.Single(r => r["kind"]!.ToString() == "Certificate" && r["spec"]!["isCA"] is null);

        Assert.Equal("sts-webhook-ca", certificate["spec"]!["issuerRef"]!["name"]!.ToString());
        Assert.Contains(
            "sts-webhook.sts-webhook.svc", certificate["spec"]!["dnsNames"]!.AsArray().Select(n => n!.ToString()), StringComparer.Ordinal);
        Assert.All(
            manifests.Documents.Where(d => d["kind"]!.ToString().EndsWith("WebhookConfiguration", StringComparison.Ordinal)),
            d => Assert.Equal(
                $"{Helm.Namespace}/{certificate["metadata"]!["name"]}",
                d["metadata"]!["annotations"]!["cert-manager.io/inject-ca-from"]!.ToString()));
    }

    private static string MistakesIn(params JsonObject[] resources) => CommandLine.Run(
        "node",
        new JsonArray([.. resources.Select(r => r.DeepClone())]).ToJsonString(),
        [Repository.PathOf("tests/Chart.Tests/validate-custom-resources.mjs"), Repository.PathOf(".tools")]).OutputOrThrow();
}
