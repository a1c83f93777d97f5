using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Tests.Pods;

public sealed class PodConfigMapsTests
{
    [Fact]
    public void Of_NoVariablesFromElsewhere_IsEmpty() =>
        Assert.Empty(Of("""{"env":[{"name":"A","value":"b"},{"name":"C","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}]}"""));

    [Fact]
    public void Of_EnvFromAndKeys_NamesEachOnce() => Assert.Equal(
        "one two three",
        string.Join(' ', Of(
            """{"envFrom":[{"configMapRef":{"name":"one"}},{"configMapRef":{"name":"one"}}],"env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"two","key":"k"}}}]}""",
            """{"envFrom":[{"configMapRef":{"name":"three"}}],"env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"one","key":"k"}}}]}""")));

    [Fact]
    public void Of_Secrets_AreNeverNamed() => Assert.Empty(Of(
        """{"envFrom":[{"secretRef":{"name":"s"}}],"env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]}"""));

    [Theory]
    [InlineData("""{"envFrom":null,"env":null}""")]
    [InlineData("""{"envFrom":[{}],"env":[{}]}""")]
    [InlineData("""{"envFrom":[{"configMapRef":{}}],"env":[{"valueFrom":{"configMapKeyRef":{}}}]}""")]
    public void Of_NamelessReferences_IsEmpty(string container) => Assert.Empty(Of(container));

    [Fact]
    public void Of_MoreThanAnyRealPodHas_IsLimited()
    {
        var sources = string.Join(',', Enumerable.Range(0, 1000).Select(i => $$$"""{"configMapRef":{"name":"c{{{i}}}"}}"""));

        Assert.Equal(16, Of($$"""{"envFrom":[{{sources}}]}""").Count());
    }

    private static IEnumerable<string> Of(params string[] containers)
    {
        var references = PodConfigMaps.ReferencedBy(
            [.. containers.Select((json, i) => new Container(ContainerKind.Regular, i, JsonElement.Parse(json)))], "payments");
        Assert.All(references, reference => Assert.Equal("payments", reference.Namespace));
        return references.Select(reference => reference.Name);
    }
}
