using System.Text;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

public class AuditAnnotationsWriterTests
{
    private const string Bad = """{"env":[{"name":"AWS_ENDPOINT_URL_STS","value":"https://sts.amazonaws.com"}],"envFrom":[{"secretRef":{"name":"s"}}]}""";

    [Fact]
    public void Write_Decision_UsesKeysThatTheApiServerTakes()
    {
        var annotations = Mutate(new PodBuilder().Container().Container(Bad, "b"), Enforcement.Audit).AuditAnnotations;

        Assert.Equal(["injected", "region", "region-source", "skipped", "violations"], annotations.Keys.Order(StringComparer.Ordinal).ToArray());
        Assert.All(annotations.Keys, key => Assert.Matches("^[a-z]([a-z-]{0,61}[a-z])?$", key));
        Assert.Equal("us-east-2", annotations["region"]);
        Assert.Equal("cluster", annotations["region-source"]);
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS,AWS_DEFAULT_REGION,AWS_REGION", annotations["injected"]);
        Assert.Equal("b=env-from-secret", annotations["skipped"]);
        Assert.Equal("global-endpoint=spec.containers[1].env[AWS_ENDPOINT_URL_STS].value", annotations["violations"]);
    }

    [Fact]
    public void Write_Denied_TellsViolationsAlone() => Assert.Equal(
        ["violations"], Mutate(new PodBuilder().Container(Bad), Enforcement.Deny).AuditAnnotations.Keys.ToArray());

    [Fact]
    public void Write_SoundPod_TellsWhatItGotAlone() => Assert.Equal(
        ["injected", "region", "region-source"],
        Mutate(new PodBuilder().Container(), Enforcement.Deny).AuditAnnotations.Keys.Order(StringComparer.Ordinal).ToArray());

    [Fact]
    public void Write_NothingToTell_WritesNone() => Assert.False(
        Answer.To(Review.OfPod(new PodBuilder().Container().Json()), Webhook.Validate).Response.ContainsKey("auditAnnotations"));

    [Fact]
    public void Write_ManyContainers_EndsWithACount()
    {
        var pod = new PodBuilder();
        for (var i = 0; i < 30; i++)
        {
            pod.Container(Bad, $"c{i}");
        }

        var annotations = Mutate(pod, Enforcement.Audit).AuditAnnotations;

        Assert.EndsWith(",and 10 more", annotations["skipped"], StringComparison.Ordinal);
        Assert.EndsWith(",and 10 more", annotations["violations"], StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NamesOfAnyLength_StayWithinWhatTheApiServerKeeps()
    {
        var pod = new PodBuilder().Container(Bad, new string('n', 500_000)).Container(Bad, "b");

        var annotations = Mutate(pod, Enforcement.Audit).AuditAnnotations;

        Assert.All(annotations.Values, value => Assert.InRange(Encoding.UTF8.GetByteCount(value), 1, 10 * 1024));
        Assert.Equal("and 2 more", annotations["skipped"]);
    }

    private static Answer Mutate(PodBuilder pod, Enforcement enforcement) =>
        Answer.To(Review.OfPod(pod.Json()), Webhook.Mutate, Fixture.OneRegion, enforcement: enforcement);
}
