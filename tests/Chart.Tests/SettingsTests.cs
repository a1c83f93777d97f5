using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Core.Policy;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The program's own loader reads what the chart writes, and stops at any key or value that it does not know.</summary>
public sealed class SettingsTests
{
    public static TheoryData<string> Features => [.. Helm.Features.Where(f => f.Data != "outside")];

    [Theory]
    [MemberData(nameof(Features))]
    public void Settings_OfEveryFeature_AreAccepted(string feature) => Load(Helm.Ci(feature));

    [Fact]
    public void Settings_OfNoValues_AreTheProgramsOwnDefaults()
    {
        var (settings, own) = (Load(), new ServerSettings());

        Assert.Equal((own.HttpsPort, own.ManagementPort, own.LogLevel), (settings.HttpsPort, settings.ManagementPort, settings.LogLevel));
        Assert.Equal((own.CountByNamespace, own.ReadConfigMaps), (settings.CountByNamespace, settings.ReadConfigMaps));
        Assert.Equal(own.Review.Injection.Region, settings.Review.Injection.Region);
        var (policy, ownPolicy) = (settings.Review.Policy, own.Review.Policy);
        Assert.Equal((ownPolicy.Enforce, ownPolicy.Workloads, ownPolicy.ConfigMaps), (policy.Enforce, policy.Workloads, policy.ConfigMaps));
        Assert.Null(settings.Review.DefaultRegion);
    }

    [Fact]
    public void Values_ReachTheProgram()
    {
        var settings = Load([
            .. Helm.Ci("policy"), .. Helm.Ci("injection"),
            "--set", "ports.https=9443,ports.management=9080,injection.region=false,metrics.namespaceLabel=true"]);

        Assert.Equal((9443, 9080, true), (settings.HttpsPort, settings.ManagementPort, settings.CountByNamespace));
        Assert.Equal("eu-west-1", settings.Review.DefaultRegion);
        Assert.Equal(Enforcement.Audit, settings.Review.Policy.Enforce);
        Assert.Equal((Severity.Deny, Severity.Off), (settings.Review.Policy.Workloads, settings.Review.Policy.ConfigMaps));
        Assert.Equal(Severity.Deny, settings.Review.Policy.SeverityOf(Rule.Find("invalid-mode")!));
        Assert.Equal(
            ["AWS_ENDPOINT_URL_STS", "AWS_USE_FIPS_ENDPOINT"],
            settings.Review.Injection.ExtraVariables.Select(v => v.Name),
            StringComparer.Ordinal);
        Assert.Equal((false, false), (settings.Review.Injection.Region, settings.ReadConfigMaps));
    }

    [Theory]
    [InlineData("region.default=eu-west-1")]
    [InlineData("policy.rules.invalid-mode=deny")]
    [InlineData("injection.extraEnv.X=y")]
    [InlineData("injection.region=false")]
    [InlineData("logLevel=debug")]
    public void ValueThatARunningProgramTakesOver_MakesNoNewPods(string value) =>
        Assert.Equal(PodOf(Helm.Template()), PodOf(Helm.Template("--set", value)));

    [Theory]
    [InlineData("metrics.namespaceLabel=true")]
    [InlineData("injection.readConfigMaps=false")]
    public void ValueThatNeedsARestart_MakesNewPods(string value) =>
        Assert.NotEqual(PodOf(Helm.Template()), PodOf(Helm.Template("--set", value)), StringComparer.Ordinal);

    private static string PodOf(RenderedManifests manifests) =>
        manifests.Documents.Single(d => d["kind"]!.ToString() == "Deployment")["spec"]!["template"]!.ToJsonString();

    private static ServerSettings Load(params string[] options)
    {
        var manifests = Helm.Template(options);
        var container = manifests.Only<V1Deployment>().Spec.Template.Spec.Containers.Single();
        var mount = container.VolumeMounts.Single(m => m.Name == "settings").MountPath;
        var (name, text) = manifests.All<V1ConfigMap>().Single(c => c.Data.ContainsKey("settings.json")).Data.Single();
        Assert.Equal(["serve", "--config", $"{mount}/{name}"], container.Args, StringComparer.Ordinal);

        using var folder = new TemporaryFolder();
        var environment = container.Env.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal);
        return new SettingsLoader(folder.Write(name, text), [], environment).Load();
    }
}
