using System.Text.Json.Nodes;
using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The granted permissions are exactly the calls of the program, which its own tests record at a stub of the API server.</summary>
public sealed class RbacTests
{
    [Fact]
    public void Roles_GrantExactlyWhatTheProgramCalls()
    {
        var called = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "api-verbs.json")))!.AsArray()
            .SelectMany(v => (v!["resourceNames"]?.AsArray().Select(n => n!.ToString()) ?? ["*"])
                .Select(name => $"{v["group"]}/{v["resource"]} {name} {v["verb"]}"));

        Assert.Equal(called.Order(StringComparer.Ordinal), Granted(Helm.Template()), StringComparer.Ordinal);
    }

    [Fact]
    public void Secrets_AreOnlyThoseOfTheOwnNamespace()
    {
        var manifests = Helm.Template();

        Assert.DoesNotContain("secrets", manifests.Only<V1ClusterRole>().Rules.SelectMany(r => r.Resources), StringComparer.Ordinal);
        Assert.Equal(Helm.Namespace, manifests.Only<V1Role>().Metadata.NamespaceProperty);
    }

    [Theory]
    [InlineData("injection.readConfigMaps=false", "configmaps")]
    [InlineData("certificates.mode=cert-manager", "secrets")]
    [InlineData("certificates.mode=cert-manager", "webhookconfigurations")]
    public void PermissionThatASettingMakesUnnecessary_IsNotGranted(string value, string resource) =>
        Assert.DoesNotContain(Granted(Helm.Template("--set", value)), g => g.Contains(resource, StringComparison.Ordinal));

    [Fact]
    public void WithoutNodes_NothingIsGranted() => Assert.Empty(Granted(Helm.Template(Helm.Ci("without-nodes"))));

    [Fact]
    public void Bindings_GiveTheRolesToTheAccountOfThePods()
    {
        foreach (var feature in (string[][])[[], Helm.Ci("labels")])
        {
            var manifests = Helm.Template(feature);
            var account = manifests.Only<V1ServiceAccount>().Metadata;
            var subjects = new[] { manifests.Only<V1ClusterRoleBinding>().Subjects.Single(), manifests.Only<V1RoleBinding>().Subjects.Single() };

            Assert.All(subjects, s => Assert.Equal(
                ("ServiceAccount", account.Name, account.NamespaceProperty), (s.Kind, s.Name, s.NamespaceProperty)));
            Assert.Equal(account.Name, manifests.Only<V1Deployment>().Spec.Template.Spec.ServiceAccountName);
            Assert.Equal(manifests.Only<V1ClusterRole>().Metadata.Name, manifests.Only<V1ClusterRoleBinding>().RoleRef.Name);
            Assert.Equal(manifests.Only<V1Role>().Metadata.Name, manifests.Only<V1RoleBinding>().RoleRef.Name);
        }
    }

    private static IEnumerable<string> Granted(RenderedManifests manifests) => manifests.All<V1ClusterRole>().SelectMany(r => r.Rules)
        .Concat(manifests.All<V1Role>().Where(r => r.Metadata.Annotations is null).SelectMany(r => r.Rules))
        .SelectMany(r =>
            from g in r.ApiGroups from s in r.Resources from v in r.Verbs from n in r.ResourceNames ?? ["*"] select $"{g}/{s} {n} {v}")
        .Order(StringComparer.Ordinal);
}
