using StsWebhook.Core.Pods;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Pods;

public class PodKeysTests
{
    [Fact]
    public void Mistakes_KnownAndForeignKeys_AreNone() => Assert.Empty(PodKeys.Mistakes(new PodBuilder()
        .Label("sts-webhook.io/inject", "disabled")
        .Label("app", "x")
        .Annotation("sts-webhook.io/region", "eu-west-1")
        .Annotation("sts-webhook.io/skip-containers", "a")
        .Annotation("sts-webhook.io/node-region", "eu-west-1")
        .Annotation("not-sts-webhook.io/regoin", "x")
        .Build()));

    [Theory]
    [InlineData("sts-webhook.io/regoin", "annotation sts-webhook.io/regoin is unknown: did you mean sts-webhook.io/region?")]
    [InlineData("sts-webhook.io/skip-container", "annotation sts-webhook.io/skip-container is unknown: did you mean sts-webhook.io/skip-containers?")]
    [InlineData("sts-webhook.io/noderegion", "annotation sts-webhook.io/noderegion is unknown: did you mean sts-webhook.io/node-region?")]
    [InlineData("sts-webhook.io/injekt", "annotation sts-webhook.io/injekt is unknown: did you mean sts-webhook.io/inject?")]
    [InlineData("sts-webhook.io/inject", "annotation sts-webhook.io/inject has no effect: it must be a label")]
    [InlineData("sts-webhook.io/enforce", "annotation sts-webhook.io/enforce has no effect on a pod: it is a label of the namespace")]
    public void Mistakes_Annotation_SaysWhatWasMeant(string key, string mistake) =>
        Assert.Equal([mistake], PodKeys.Mistakes(new PodBuilder().Annotation(key, "x").Build()));

    [Theory]
    [InlineData("sts-webhook.io/region", "eu-west-1", "label sts-webhook.io/region has no effect: it must be an annotation")]
    [InlineData("sts-webhook.io/enforce", "warn", "label sts-webhook.io/enforce has no effect on a pod: it is a label of the namespace")]
    [InlineData("sts-webhook.io/Inject", "disabled", "label sts-webhook.io/Inject is unknown: did you mean sts-webhook.io/inject?")]
    [InlineData("sts-webhook.io/inject", "false", "label sts-webhook.io/inject has an unknown value: allowed on a pod is disabled")]
    public void Mistakes_Label_SaysWhatWasMeant(string key, string value, string mistake) =>
        Assert.Equal([mistake], PodKeys.Mistakes(new PodBuilder().Label(key, value).Build()));

    [Fact]
    public void Mistakes_InjectEnabledOnAPod_IsNone() =>
        Assert.Empty(PodKeys.Mistakes(new PodBuilder().Label("sts-webhook.io/inject", "enabled").Build()));

    [Fact]
    public void Mistakes_Several_AreAllTold()
    {
        var mistakes = PodKeys.Mistakes(new PodBuilder()
            .Label("sts-webhook.io/region", "x").Label("sts-webhook.io/inject", "no")
            .Annotation("sts-webhook.io/inject", "x").Annotation("sts-webhook.io/enforce", "x")
            .Build());

        Assert.Equal(
            [
                "label sts-webhook.io/region has no effect: it must be an annotation",
                "annotation sts-webhook.io/inject has no effect: it must be a label",
                "annotation sts-webhook.io/enforce has no effect on a pod: it is a label of the namespace",
                "label sts-webhook.io/inject has an unknown value: allowed on a pod is disabled",
            ],
            mistakes);
    }

    [Fact]
    public void Mistakes_MoreThanAnAnswerHolds_AreToldWithoutASuggestion()
    {
        var pod = new PodBuilder();
        for (var i = 0; i < 45; i++)
        {
            pod.Label($"sts-webhook.io/injekt{i}", "x");
        }

        var mistakes = PodKeys.Mistakes(pod.Build());

        Assert.Equal(45, mistakes.Count);
        Assert.All(mistakes.Take(41), mistake => Assert.EndsWith("did you mean sts-webhook.io/inject?", mistake, StringComparison.Ordinal));
        Assert.All(mistakes.Skip(41), mistake => Assert.EndsWith(" is unknown", mistake, StringComparison.Ordinal));
    }

    /// <summary>A prefix of 253 characters, a slash and a name of 63 is the longest that Kubernetes takes.</summary>
    [Theory]
    [InlineData(317, true)]
    [InlineData(318, false)]
    public void Mistakes_LongestKeyThatKubernetesTakes_IsStillCompared(int length, bool isCompared)
    {
        var key = "sts-webhook.io/region".PadRight(length, 'x');

        var mistake = Assert.Single(PodKeys.Mistakes(new PodBuilder().Annotation(key, "x").Build()));

        Assert.Equal(isCompared, mistake.Contains("did you mean", StringComparison.Ordinal));
    }

    [Fact]
    public void Mistakes_KeyThatKubernetesRefuses_IsNotCompared()
    {
        var key = "sts-webhook.io/" + new string('x', 400);

        Assert.Equal([$"label {key} is unknown"], PodKeys.Mistakes(new PodBuilder().Label(key, "x").Build()));
    }
}
