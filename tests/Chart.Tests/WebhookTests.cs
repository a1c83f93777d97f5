using k8s.Models;
using StsWebhook.Chart.Tests.Support;
using StsWebhook.Core.Pods;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The webhook configurations: which requests the API server sends to which path.</summary>
public sealed class WebhookTests
{
    private const string OptIn = "sts-webhook.io/inject";
    private const string Enforce = "sts-webhook.io/enforce";

    public static TheoryData<string> Features => Helm.Features;

    [Theory]
    [MemberData(nameof(Features))]
    public void Names_AreQualifiedAndUnique(string feature)
    {
        var manifests = Helm.Template(Helm.Ci(feature));

        foreach (var names in new[]
        {
            manifests.Only<V1MutatingWebhookConfiguration>().Webhooks.Select(w => w.Name).ToArray(),
            [.. manifests.Only<V1ValidatingWebhookConfiguration>().Webhooks.Select(w => w.Name)],
        })
        {
            Assert.Equal(names, names.Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
            Assert.All(names, name => Assert.Matches(@"^[a-z]+(\.[a-z]+)*\.sts-webhook\.io$", name));
        }
    }

    [Theory]
    [InlineData(null, "deny")]
    [InlineData("deny", "deny")]
    [InlineData("warn", "warn")]
    [InlineData("audit", "audit")]
    [InlineData("Block", "deny")]
    public void Namespace_ByItsEnforcement_GoesToOnePathOfEachKind(string? label, string mode)
    {
        var manifests = Helm.Template();
        var labels = Labels("shop", (OptIn, "enabled"), (Enforce, label));

        Assert.Equal(["/mutate/" + mode, "/bind"], Called(manifests.Only<V1MutatingWebhookConfiguration>(), labels), StringComparer.Ordinal);
        Assert.Equal(
            Enumerable.Repeat("/validate/" + mode, 3), Called(manifests.Only<V1ValidatingWebhookConfiguration>(), labels), StringComparer.Ordinal);
    }

    [Fact]
    public void Namespace_WithoutALabel_HasTheEnforcementOfTheValues()
    {
        var configuration = Helm.Template("--set", "policy.enforce=audit").Only<V1MutatingWebhookConfiguration>();

        Assert.Contains("/mutate/audit", Called(configuration, Labels("shop", (OptIn, "enabled"))), StringComparer.Ordinal);
        Assert.Contains("/mutate/deny", Called(configuration, Labels("shop", (OptIn, "enabled"), (Enforce, "deny"))), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("shop", null)]
    [InlineData("shop", "disabled")]
    [InlineData("kube-system", "enabled")]
    [InlineData("kube-node-lease", "enabled")]
    [InlineData(Helm.Namespace, "enabled")]
    public void Namespace_WithoutOptInOrExcluded_IsNeverSent(string name, string? label)
    {
        var manifests = Helm.Template(Helm.Ci("fail-closed"));
        var labels = Labels(name, (OptIn, label));

        Assert.Empty(Called(manifests.Only<V1MutatingWebhookConfiguration>(), labels));
        Assert.Empty(Called(manifests.Only<V1ValidatingWebhookConfiguration>(), labels));
    }

    [Theory]
    [InlineData("shop", null, true)]
    [InlineData("shop", "disabled", false)]
    [InlineData("calico-system", null, false)]
    [InlineData("kube-system", null, false)]
    public void OptOut_SelectsAllNamespaces_ExceptNamedAndLabelledOnes(string name, string? label, bool isSent) => Assert.Equal(
        isSent, Called(Helm.Template(Helm.Ci("opt-out")).Only<V1MutatingWebhookConfiguration>(), Labels(name, (OptIn, label))).Length > 0);

    [Fact]
    public void Webhooks_OnFailure_DoNotBlockRequests()
    {
        var manifests = Helm.Template();

        Assert.All(manifests.Only<V1MutatingWebhookConfiguration>().Webhooks, w =>
        {
            Assert.Equal(("Ignore", "None", "Equivalent"), (w.FailurePolicy, w.SideEffects, w.MatchPolicy));
            Assert.Equal(w.Name == "bind.sts-webhook.io" ? 2 : 3, w.TimeoutSeconds);
            Assert.Equal(w.Name == "bind.sts-webhook.io" ? "Never" : "IfNeeded", w.ReinvocationPolicy);
            Assert.Equal(["v1"], w.AdmissionReviewVersions, StringComparer.Ordinal);
        });
        Assert.All(manifests.Only<V1ValidatingWebhookConfiguration>().Webhooks, w =>
        {
            Assert.Equal(("Ignore", "None", "Equivalent"), (w.FailurePolicy, w.SideEffects, w.MatchPolicy));
            Assert.Equal(3, w.TimeoutSeconds);
        });
    }

    [Fact]
    public void FailurePolicy_IsSetForEachKind()
    {
        var manifests = Helm.Template("--set", "failurePolicy.validate=Fail,timeoutSeconds.validate=7");

        Assert.All(manifests.Only<V1ValidatingWebhookConfiguration>().Webhooks, w => Assert.Equal(("Fail", 7), (w.FailurePolicy, w.TimeoutSeconds)));
        Assert.All(manifests.Only<V1MutatingWebhookConfiguration>().Webhooks, w => Assert.Equal("Ignore", w.FailurePolicy));
    }

    [Fact]
    public void Rules_AreThoseThatTheProgramAnswers()
    {
        var manifests = Helm.Template();

        Assert.Equal(
            [" CREATE bindings", " CREATE pods", " CREATE pods/binding", " UPDATE pods/ephemeralcontainers"],
            Rules(manifests.Only<V1MutatingWebhookConfiguration>().Webhooks.SelectMany(w => w.Rules)),
            StringComparer.Ordinal);
        Assert.Equal(
            [
                .. WorkloadKind.All
                    .SelectMany(w => (string[])[$"{w.Group} CREATE {w.Resource}", $"{w.Group} UPDATE {w.Resource}"])
                    .Append(" CREATE configmaps")
                    .Append(" CREATE pods")
                    .Append(" UPDATE configmaps")
                    .Append(" UPDATE pods/ephemeralcontainers")
                    .Order(StringComparer.Ordinal),
            ],
            Rules(manifests.Only<V1ValidatingWebhookConfiguration>().Webhooks.SelectMany(w => w.Rules)),
            StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("policy.workloads=off", "workloads")]
    [InlineData("policy.configMaps=off", "configmaps")]
    public void KindThatIsOff_IsNotSent(string value, string kind)
    {
        var names = Helm.Template("--set-string", value).Only<V1ValidatingWebhookConfiguration>().Webhooks.Select(w => w.Name).ToArray();

        Assert.Equal(6, names.Length);
        Assert.DoesNotContain(names, name => name.Contains(kind, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("managed-without-an-owner", false)]
    [InlineData("existing-secret", true)]
    public void CaBundle_IsEmpty_IfAnotherComponentInjectsIt(string feature, bool isRendered)
    {
        // Helm does not own what it does not render, so neither an upgrade nor a rollback restores an old value.
        var manifests = Helm.Template(isRendered ? Helm.Ci(feature) : []);

        Assert.All(manifests.Only<V1MutatingWebhookConfiguration>().Webhooks, w => Assert.Equal(isRendered, w.ClientConfig.CaBundle is not null));
        Assert.All(manifests.Only<V1ValidatingWebhookConfiguration>().Webhooks, w => Assert.Equal(isRendered, w.ClientConfig.CaBundle is not null));
    }

    [Fact]
    public void ClientConfig_NamesTheServiceThatReachesThePods()
    {
        var manifests = Helm.Template(Helm.Ci("host-network"));
        var service = manifests.All<V1Service>().Single(s => s.Metadata.Name == "sts-webhook");
        var pod = manifests.Only<V1Deployment>().Spec.Template;

        var reference = manifests.Only<V1MutatingWebhookConfiguration>().Webhooks[0].ClientConfig.Service;
        Assert.Equal(
            (service.Metadata.Name, service.Metadata.NamespaceProperty, service.Spec.Ports.Single().Port),
            (reference.Name, reference.NamespaceProperty, reference.Port!.Value));
        Assert.Equal("https", service.Spec.Ports.Single().TargetPort.Value);
        Assert.Equal(18443, pod.Spec.Containers.Single().Ports.Single(p => p.Name == "https").ContainerPort);
        Assert.True(pod.Spec.HostNetwork);
        Assert.Equal("ClusterFirstWithHostNet", pod.Spec.DnsPolicy);
    }

    private static string[] Called(V1MutatingWebhookConfiguration configuration, Dictionary<string, string> labels) =>
        [.. configuration.Webhooks.Where(w => Selector.Matches(w.NamespaceSelector, labels)).Select(w => w.ClientConfig.Service.Path)];

    private static string[] Called(V1ValidatingWebhookConfiguration configuration, Dictionary<string, string> labels) =>
        [.. configuration.Webhooks.Where(w => Selector.Matches(w.NamespaceSelector, labels)).Select(w => w.ClientConfig.Service.Path)];

    private static Dictionary<string, string> Labels(string name, params (string Key, string? Value)[] labels) => labels
        .Where(l => l.Value is not null)
        .Append(("kubernetes.io/metadata.name", name))
        .ToDictionary(l => l.Item1, l => l.Item2!, StringComparer.Ordinal);

    private static IEnumerable<string> Rules(IEnumerable<V1RuleWithOperations> rules) => rules
        .SelectMany(r => from g in r.ApiGroups from o in r.Operations from s in r.Resources select $"{g} {o} {s}")
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);
}
