using StsWebhook.Core.Pods;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Pods;

public class PodKeyAdviceTests
{
    [Fact]
    public void Find_KnownAndForeignKeys_AreNone() => Assert.Empty(PodKeyAdvice.Find(new PodBuilder()
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
    [InlineData("sts-webhook.io/enforce", "annotation sts-webhook.io/enforce has no effect on a pod: set it as a label of the namespace")]
    public void Find_Annotation_SaysWhatToDo(string key, string line) =>
        Assert.Equal([line], PodKeyAdvice.Find(new PodBuilder().Annotation(key, "x").Build()));

    [Theory]
    [InlineData("sts-webhook.io/region", "eu-west-1", "label sts-webhook.io/region has no effect: it must be an annotation")]
    [InlineData("sts-webhook.io/enforce", "warn", "label sts-webhook.io/enforce has no effect on a pod: set it as a label of the namespace")]
    [InlineData("sts-webhook.io/Inject", "disabled", "label sts-webhook.io/Inject is unknown: did you mean sts-webhook.io/inject?")]
    [InlineData("sts-webhook.io/inject", "false", "label sts-webhook.io/inject: unknown value; on a pod only \"disabled\" is allowed")]
    public void Find_Label_SaysWhatToDo(string key, string value, string line) =>
        Assert.Equal([line], PodKeyAdvice.Find(new PodBuilder().Label(key, value).Build()));

    [Fact]
    public void Find_InjectEnabledOnAPod_ReturnsNothing() =>
        Assert.Empty(PodKeyAdvice.Find(new PodBuilder().Label("sts-webhook.io/inject", "enabled").Build()));

    [Fact]
    public void Find_Several_GiveALineEach()
    {
        var advice = PodKeyAdvice.Find(new PodBuilder()
            .Label("sts-webhook.io/region", "x").Label("sts-webhook.io/inject", "no")
            .Annotation("sts-webhook.io/inject", "x").Annotation("sts-webhook.io/enforce", "x")
            .Build());

        Assert.Equal(
            [
                "label sts-webhook.io/region has no effect: it must be an annotation",
                "annotation sts-webhook.io/inject has no effect: it must be a label",
                "annotation sts-webhook.io/enforce has no effect on a pod: set it as a label of the namespace",
                "label sts-webhook.io/inject: unknown value; on a pod only \"disabled\" is allowed",
            ],
            advice);
    }

    [Fact]
    public void Find_MoreThanAnAnswerHolds_GetNoSuggestion()
    {
        var pod = new PodBuilder();
        for (var i = 0; i < 45; i++)
        {
            pod.Label($"sts-webhook.io/injekt{i}", "x");
        }

        var advice = PodKeyAdvice.Find(pod.Build());

        Assert.Equal(45, advice.Count);
        Assert.All(advice.Take(41), line => Assert.EndsWith("did you mean sts-webhook.io/inject?", line, StringComparison.Ordinal));
        Assert.All(advice.Skip(41), line => Assert.EndsWith(" is unknown", line, StringComparison.Ordinal));
    }

    /// <summary>A prefix of 253 characters, a slash and a name of 63 is the longest that Kubernetes accepts.</summary>
    [Theory]
    [InlineData(317, true)]
    [InlineData(318, false)]
    public void Find_LongestKeyThatKubernetesAccepts_IsStillCompared(int length, bool isCompared)
    {
        var key = "sts-webhook.io/region".PadRight(length, 'x');

        var line = Assert.Single(PodKeyAdvice.Find(new PodBuilder().Annotation(key, "x").Build()));

        Assert.Equal(isCompared, line.Contains("did you mean", StringComparison.Ordinal));
    }

    [Fact]
    public void Find_KeyThatKubernetesRejects_IsNotCompared()
    {
        var key = "sts-webhook.io/" + new string('x', 400);

        Assert.Equal([$"label {key} is unknown"], PodKeyAdvice.Find(new PodBuilder().Label(key, "x").Build()));
    }
}
