using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Pods;

public class PodTests
{
    [Fact]
    public void Containers_OfEveryKind_InitFirst()
    {
        var pod = new PodBuilder()
            .Container(name: "e", list: "ephemeralContainers").Container(name: "a").Container(name: "b")
            .Container(name: "i", list: "initContainers").Build();

        Assert.Equal(
            ["spec.initContainers[0]", "spec.containers[0]", "spec.containers[1]", "spec.ephemeralContainers[0]"],
            pod.Containers().Select(pod.PathOf).ToArray());
        Assert.Equal(["i", "a", "b", "e"], pod.Containers().Select(c => c.Name).ToArray());
    }

    [Fact]
    public void EphemeralContainersSince_GivesNewOnesWithTheirPlace()
    {
        var before = new PodBuilder().Container(name: "old", list: "ephemeralContainers").Build();
        var pod = new PodBuilder()
            .Container(name: "old", list: "ephemeralContainers").Container(name: "new", list: "ephemeralContainers").Build();

        var container = Assert.Single(pod.EphemeralContainersSince(before));
        Assert.Equal("new", container.Name);
        Assert.Equal("spec.ephemeralContainers[1]", pod.PathOf(container));
    }

    [Fact]
    public void EphemeralContainersSince_WithoutOldObject_GivesAll() => Assert.Single(
        new PodBuilder().Container(name: "new", list: "ephemeralContainers").Build().EphemeralContainersSince(default));

    [Fact]
    public void IsMirror_OnlyWithTheKubeletsAnnotation()
    {
        Assert.True(new PodBuilder().Annotation("kubernetes.io/config.mirror", "x").Build().IsMirror);
        Assert.False(new PodBuilder().Annotation("kubernetes.io/config.source", "x").Build().IsMirror);
    }
}
