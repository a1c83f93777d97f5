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
    public void Mistakes_KeyThatKubernetesRefuses_IsNotCompared()
    {
        var key = "sts-webhook.io/" + new string('x', 400);

        Assert.Equal([$"label {key} is unknown"], PodKeys.Mistakes(new PodBuilder().Label(key, "x").Build()));
    }
}
