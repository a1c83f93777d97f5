using System.Text.Json;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Regions;

public class SchedulingConstraintsTests
{
    private static readonly Node A = NodeOf("a", "us-east-2", "ssd");
    private static readonly Node B = NodeOf("b", "us-east-2", "hdd");
    private static readonly Node C = NodeOf("c", "eu-west-1", "ssd");

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"nodeSelector":{}}""")]
    [InlineData("""{"nodeSelector":null,"affinity":null}""")]
    [InlineData("""{"affinity":{"podAffinity":{}}}""")]
    [InlineData("""{"affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1}]}}}""")]
    public void Read_NothingRequired_IsNull(string spec) => Assert.Null(SchedulingConstraints.Read(Parse(spec)));

    [Theory]
    [InlineData("a,c", """{"nodeSelector":{"disk":"ssd"}}""")]
    [InlineData("a", """{"nodeSelector":{"disk":"ssd","topology.kubernetes.io/region":"us-east-2"}}""")]
    [InlineData("", """{"nodeSelector":{"no-such-label":""}}""")]
    public void Admit_NodeSelector_TakesAllOfIt(string names, string spec) => Assert.Equal(names, AdmittedBy(spec));

    [Theory]
    [InlineData("", "")]
    [InlineData("", "{}")]
    [InlineData("", """{"matchExpressions":[],"matchFields":null}""")]
    [InlineData("a,c", """{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}""")]
    [InlineData("a", """{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]},{"key":"topology.kubernetes.io/region","operator":"NotIn","values":["eu-west-1"]}]}""")]
    [InlineData("b", """{"matchFields":[{"key":"metadata.name","operator":"In","values":["b"]}]}""")]
    [InlineData("a,c", """{"matchFields":[{"key":"metadata.name","operator":"NotIn","values":["b"]}]}""")]
    [InlineData("", """{"matchFields":[{"key":"metadata.uid","operator":"In","values":["b"]}]}""")]
    [InlineData("", """{"matchFields":[{"key":"metadata.name","operator":"In","values":["b"]}],"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}""")]
    [InlineData("b,c", """{"matchFields":[{"key":"metadata.name","operator":"In","values":["b"]}]},{"matchExpressions":[{"key":"topology.kubernetes.io/region","operator":"In","values":["eu-west-1"]}]}""")]
    [InlineData("c", """{},{"matchExpressions":[{"key":"topology.kubernetes.io/region","operator":"In","values":["eu-west-1"]}]}""")]
    public void Admit_Affinity_OrsItsTermsAndAndsWhatIsInThem(string names, string terms) =>
        Assert.Equal(names, AdmittedBy(Affinity(terms)));

    [Fact]
    public void Admit_SelectorAndAffinity_BothMustHold() => Assert.Equal("c", AdmittedBy(
        """{"nodeSelector":{"disk":"ssd"},"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchFields":[{"key":"metadata.name","operator":"In","values":["b","c"]}]}]}}}}"""));

    [Theory]
    [InlineData("eu-west-1", """{"nodeSelector":{"topology.kubernetes.io/region":"eu-west-1"}}""")]
    [InlineData("eu-west-1", """{"nodeSelector":{"topology.kubernetes.io/zone":"eu-west-1b"}}""")]
    [InlineData("eu-west-1", """{"nodeSelector":{"failure-domain.beta.kubernetes.io/zone":"eu-west-1b"}}""")]
    [InlineData(null, """{"nodeSelector":{"topology.kubernetes.io/region":"hall-3"}}""")]
    [InlineData(null, """{"nodeSelector":{"disk":"ssd"}}""")]
    public void NamedRegion_NodeSelector_IsTheRegionOfItsLabels(string? region, string spec) =>
        Assert.Equal(region, SchedulingConstraints.Read(Parse(spec))!.NamedRegion());

    [Theory]
    [InlineData("eu-west-1", """{"matchExpressions":[{"key":"topology.kubernetes.io/zone","operator":"In","values":["eu-west-1a","eu-west-1b"]}]}""")]
    [InlineData("eu-west-1", """{"matchExpressions":[{"key":"topology.kubernetes.io/region","operator":"In","values":["eu-west-1"]}]},{"matchExpressions":[{"key":"topology.kubernetes.io/zone","operator":"In","values":["eu-west-1c"]}]}""")]
    [InlineData(null, """{"matchExpressions":[{"key":"topology.kubernetes.io/region","operator":"In","values":["eu-west-1","us-east-2"]}]}""")]
    [InlineData(null, """{"matchExpressions":[{"key":"topology.kubernetes.io/region","operator":"NotIn","values":["eu-west-1"]}]}""")]
    [InlineData(null, """{"matchExpressions":[{"key":"topology.kubernetes.io/region","operator":"In","values":["eu-west-1"]}]},{"matchExpressions":[{"key":"disk","operator":"In","values":["ssd"]}]}""")]
    [InlineData(null, """{"matchExpressions":[{"key":"topology.kubernetes.io/region","operator":"In","values":["eu-west-1"]}]},{"matchExpressions":[{"key":"topology.kubernetes.io/region","operator":"In","values":["us-east-2"]}]}""")]
    [InlineData(null, "")]
    public void NamedRegion_Affinity_IsWhatEveryTermNames(string? region, string terms) =>
        Assert.Equal(region, SchedulingConstraints.Read(Parse(Affinity(terms)))!.NamedRegion());

    private static string AdmittedBy(string spec)
    {
        var constraints = SchedulingConstraints.Read(Parse(spec))!;
        return string.Join(',', new[] { A, B, C }.Where(constraints.Matches).Select(node => node.Name));
    }

    private static string Affinity(string terms) =>
        """{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[""" + terms + "]}}}}";

    private static JsonElement Parse(string json) => JsonElement.Parse(json);

    private static Node NodeOf(string name, string region, string disk) => new(name, region, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["topology.kubernetes.io/region"] = region,
        ["disk"] = disk,
    });
}
