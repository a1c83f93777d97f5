using StsWebhook.Chart.Tests.Support;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Chart.Tests;

/// <summary>The notes that helm prints after an installation.</summary>
public sealed class NotesTests
{
    public static TheoryData<string> Features => Helm.Features;

    [Theory]
    [MemberData(nameof(Features))]
    public void Notes_EveryFeature_ShowHowToVerify(string feature)
    {
        var notes = Notes(Helm.Ci(feature));

        Assert.Contains("helm test sts-webhook --namespace sts-webhook", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("<no value>", notes, StringComparison.Ordinal);
    }

    [Fact]
    public void Notes_Default_ShowHowToOptInAndWhichPortMustBeReachable()
    {
        var notes = Notes();

        Assert.Contains("kubectl label namespace NAMESPACE sts-webhook.io/inject=enabled", notes, StringComparison.Ordinal);
        Assert.Contains("Service port 443 leads to port 8443 of the pods", notes, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", notes, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("minimal", "WARNING: there is one replica.")]
    [InlineData("host-network", "WARNING: hostNetwork takes ports 18443 and 18080")]
    [InlineData("fail-closed", "WARNING: failurePolicy is Fail: while no replica answers")]
    public void Notes_RiskyValues_ContainAWarning(string feature, string expected) =>
        Assert.Contains(expected, Notes(Helm.Ci(feature)), StringComparison.Ordinal);

    [Fact]
    public void Notes_OptOut_ListExcludedNamespaces() =>
        Assert.Contains("kube-node-lease, sts-webhook, amazon-cloudwatch, calico-system.", Notes(Helm.Ci("opt-out")), StringComparison.Ordinal);

    private static string Notes(params string[] options)
    {
        var output = Helm
            .Run(["install", "sts-webhook", Repository.Chart, "--namespace", Helm.Namespace, "--dry-run=client", .. options])
            .OutputOrThrow();
        return output[output.IndexOf("\nNOTES:", StringComparison.Ordinal)..];
    }
}
