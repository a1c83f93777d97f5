using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.JsonPatch.SystemTextJson;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Injection;

public class ContainerInjectorTests
{
    private const string FieldRef = """{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.annotations['sts-webhook.io/node-region']"}}""";

    private static readonly PodRegion Known = new(RegionSource.Node, "us-east-2");
    private static readonly PodRegion Deferred = new(RegionSource.Binding, "us-east-2");
    private static readonly PodRegion Unknown = new(RegionSource.None, null);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"env":[]}""")]
    [InlineData("""{"env":null}""")]
    public void Plan_SetsNone_GetsAllThreeInOrder(string container) => Assert.Equal(
        "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION=us-east-2 AWS_REGION=us-east-2",
        Env(container, Known));

    [Fact]
    public void Plan_SetsOthers_GetsAllThreeBeforeThem() => Assert.Equal(
        "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION=us-east-2 AWS_REGION=us-east-2 A=1 B=$(AWS_REGION)",
        Env("""{"env":[{"name":"A","value":"1"},{"name":"B","value":"$(AWS_REGION)"}]}""", Known));

    [Fact]
    public void Plan_SetsBoth_GetsTheModeOnly() => Assert.Equal(
        "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_REGION=a AWS_DEFAULT_REGION=b",
        Env("""{"env":[{"name":"AWS_REGION","value":"a"},{"name":"AWS_DEFAULT_REGION","value":"b"}]}""", Known));

    [Fact]
    public void Plan_SetsEverything_GetsNothing()
    {
        const string Container =
            """{"env":[{"name":"AWS_STS_REGIONAL_ENDPOINTS","value":""},{"name":"AWS_REGION","value":"a"},{"name":"AWS_DEFAULT_REGION","value":"a"}]}""";

        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS= AWS_REGION=a AWS_DEFAULT_REGION=a", Env(Container, Known));
        Assert.Null(Skipped(Container, Known));
    }

    [Fact]
    public void Plan_SetsOneLiterally_GetsTheOtherInFront()
    {
        Assert.Equal(
            "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION=eu-west-1 A=1 AWS_REGION=eu-west-1",
            Env("""{"env":[{"name":"A","value":"1"},{"name":"AWS_REGION","value":"eu-west-1"}]}""", Deferred));
        Assert.Equal(
            "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_REGION=eu-west-1 AWS_DEFAULT_REGION=eu-west-1",
            Env("""{"env":[{"name":"AWS_DEFAULT_REGION","value":"eu-west-1"}]}""", Deferred));
    }

    [Fact]
    public void Plan_SetsOneFromElsewhere_GetsTheOtherFromThere() => Assert.Equal(
        """AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION={"configMapKeyRef":{"name":"c","key":"k","new":[1]}} AWS_REGION={"configMapKeyRef":{"name":"c","key":"k","new":[1]}}""",
        Env("""{"env":[{"name":"AWS_REGION","valueFrom":{"configMapKeyRef":{"name":"c","key":"k","new":[1]}}}]}""", Known));

    [Fact]
    public void Plan_SetsOneWithAnEmptySource_GetsTheOtherByItsValue() => Assert.Equal(
        "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION=a AWS_REGION=a",
        Env("""{"env":[{"name":"AWS_REGION","value":"a","valueFrom":null}]}""", Known));

    [Fact]
    public void Plan_SetsOneFromElsewhere_ExtraVariablesReferToTheCopyInFront() => Assert.Equal(
        """AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION={"secretKeyRef":{"name":"s"}} E=https://sts.$(AWS_DEFAULT_REGION).amazonaws.com AWS_REGION={"secretKeyRef":{"name":"s"}}""",
        Env("""{"env":[{"name":"AWS_REGION","valueFrom":{"secretKeyRef":{"name":"s"}}}]}""", Known, ("E", "https://sts.{region}.amazonaws.com")));

    [Fact]
    public void Plan_SetsOneByReference_GetsTheOtherRightBehindIt() => Assert.Equal(
        "AWS_STS_REGIONAL_ENDPOINTS=regional X=eu-west-1 AWS_REGION=$(X) AWS_DEFAULT_REGION=$(X) Y=2",
        Env("""{"env":[{"name":"X","value":"eu-west-1"},{"name":"AWS_REGION","value":"$(X)"},{"name":"Y","value":"2"}]}""", Known));

    [Fact]
    public void Plan_SetsOneByReferenceToTheOther_GetsTheOtherFromThePod()
    {
        Assert.Equal(
            "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_REGION=us-east-2 AWS_DEFAULT_REGION=$(AWS_REGION)",
            Env("""{"env":[{"name":"AWS_DEFAULT_REGION","value":"$(AWS_REGION)"}]}""", Known));
        Assert.Equal(
            $"AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION={FieldRef} AWS_REGION=$(AWS_DEFAULT_REGION)",
            Env("""{"env":[{"name":"AWS_REGION","value":"$(AWS_DEFAULT_REGION)"}]}""", Deferred));
        Assert.Equal(
            "no-region",
            Skipped("""{"env":[{"name":"AWS_REGION","value":"$(AWS_DEFAULT_REGION)"}]}""", Unknown));
    }

    [Theory]
    [InlineData("""{"name":"AWS_REGION","value":""}""", "AWS_REGION=")]
    [InlineData("""{"name":"AWS_REGION","value":null}""", "AWS_REGION=")]
    [InlineData("""{"name":"AWS_DEFAULT_REGION"}""", "AWS_DEFAULT_REGION=")]
    public void Plan_SetsOneToNothing_CopiesNothing(string entry, string env)
    {
        var container = $$"""{"env":[{{entry}}]}""";

        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS=regional " + env, Env(container, Known));
        Assert.Equal("empty-region", Skipped(container, Known));
    }

    [Fact]
    public void Plan_SetsOneTwice_CopiesTheOneThatCounts() => Assert.Equal(
        "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION=b AWS_REGION=a AWS_REGION=b",
        Env("""{"env":[{"name":"AWS_REGION","value":"a"},{"name":"AWS_REGION","value":"b"}]}""", Known));

    [Fact]
    public void Plan_RegionDeferred_ReadsTheAnnotation() => Assert.Equal(
        $"AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION={FieldRef} AWS_REGION={FieldRef}",
        Env("{}", Deferred));

    [Fact]
    public void Plan_RegionUnknown_GetsTheModeOnly()
    {
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS=regional", Env("{}", Unknown));
        Assert.Equal("no-region", Skipped("{}", Unknown));
    }

    [Fact]
    public void Plan_RegionSwitchedOff_GetsTheModeAndWhatNeedsNoRegionVariable()
    {
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS=regional E=us-east-2", WithoutRegion("{}", Known));
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS=regional", WithoutRegion("{}", Deferred));
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS=regional", WithoutRegion("{}", Unknown));
        Assert.Equal("AWS_STS_REGIONAL_ENDPOINTS=regional E=eu-west-1", WithoutRegion("""{"env":[{"name":"AWS_REGION","value":"eu-west-1"}]}""", Known));
        Assert.Equal(
            "AWS_STS_REGIONAL_ENDPOINTS=regional E=$(AWS_REGION)",
            WithoutRegion("""{"env":[{"name":"X","value":"a"},{"name":"AWS_REGION","value":"$(X)"}]}""", Known));
        Assert.Equal(
            "AWS_STS_REGIONAL_ENDPOINTS=regional",
            WithoutRegion("""{"env":[{"name":"AWS_REGION","valueFrom":{"secretKeyRef":{"name":"s"}}}]}""", Known));

        static string WithoutRegion(string container, PodRegion region)
        {
            var plan = Plan(container, region, [("E", "{region}")], injectsRegion: false);
            Assert.Null(plan.Skipped);
            return string.Join(' ', plan.Variables.Select(v => $"{v.Name}={((VariableSource.Literal)v.Source).Value}"));
        }
    }

    [Theory]
    [InlineData("""[{"secretRef":{"name":"s"}}]""", "env-from-secret")]
    [InlineData("""[{"configMapRef":{"name":"c"}}]""", "env-from-configmap")]
    [InlineData("""[{"configMapRef":{"name":"c"}},{"secretRef":{"name":"s"}}]""", "env-from-secret")]
    [InlineData("""[{"prefix":"AWS_","secretRef":{"name":"s"}}]""", "env-from-secret")]
    [InlineData("""[{"prefix":"AWS_DEF","configMapRef":{"name":"c"}}]""", "env-from-configmap")]
    [InlineData("""[{"prefix":"","configMapRef":{"name":"c"}}]""", "env-from-configmap")]
    [InlineData("""[{"prefix":"APP_","secretRef":{"name":"s"}}]""", null)]
    [InlineData("""[{"prefix":"aws_","secretRef":{"name":"s"}}]""", null)]
    [InlineData("""[{"prefix":"AWS_REGIONS","secretRef":{"name":"s"}}]""", null)]
    [InlineData("""[{"futureRef":{"name":"f"}}]""", null)]
    [InlineData("[]", null)]
    public void Plan_EnvFromThatMayHoldARegion_InjectsNone(string envFrom, string? reason)
    {
        var container = $$"""{"envFrom":{{envFrom}}}""";

        Assert.Equal(reason, Skipped(container, Known));
        Assert.Equal(reason is null, Env(container, Known).Contains("AWS_REGION", StringComparison.Ordinal));
        Assert.StartsWith("AWS_STS_REGIONAL_ENDPOINTS=regional", Env(container, Known), StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_SetsBothBesideASecret_IsNotSkipped() => Assert.Null(Skipped(
        """{"env":[{"name":"AWS_REGION","value":"a"},{"name":"AWS_DEFAULT_REGION","value":"a"}],"envFrom":[{"secretRef":{"name":"s"}}]}""",
        Known));

    [Fact]
    public void Plan_ExtraVariables_FollowTheThreeWithThePodsRegion() => Assert.Equal(
        "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION=cn-north-1 AWS_REGION=cn-north-1 "
        + "AWS_ENDPOINT_URL_STS=https://sts.cn-north-1.amazonaws.com.cn PARTITION=aws-cn AWS_USE_FIPS_ENDPOINT=true",
        Env(
            "{}",
            new PodRegion(RegionSource.Annotation, "cn-north-1"),
            ("AWS_ENDPOINT_URL_STS", "https://sts.{region}.{dnsSuffix}"),
            ("PARTITION", "{partition}"),
            ("AWS_USE_FIPS_ENDPOINT", "true")));

    [Fact]
    public void Plan_ExtraVariableDeferred_RefersToTheVariableBeforeIt() => Assert.EndsWith(
        $"AWS_REGION={FieldRef} AWS_ENDPOINT_URL_STS=https://sts.$(AWS_REGION).amazonaws.com",
        Env("{}", Deferred, ("AWS_ENDPOINT_URL_STS", "https://sts.{region}.{dnsSuffix}")),
        StringComparison.Ordinal);

    [Fact]
    public void Plan_ExtraVariable_NamesTheRegionThatTheContainerChose()
    {
        Assert.Equal(
            "AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION=cn-north-1 U=https://sts.cn-north-1.amazonaws.com.cn AWS_REGION=cn-north-1",
            Env("""{"env":[{"name":"AWS_REGION","value":"cn-north-1"}]}""", Known, ("U", "https://sts.{region}.{dnsSuffix}")));
        Assert.Equal(
            "AWS_STS_REGIONAL_ENDPOINTS=regional X=eu-west-1 AWS_REGION=$(X) AWS_DEFAULT_REGION=$(X) U=$(AWS_REGION) Z=1",
            Env(
                """{"env":[{"name":"X","value":"eu-west-1"},{"name":"AWS_REGION","value":"$(X)"},{"name":"Z","value":"1"}]}""",
                Known,
                ("U", "{region}")));
        Assert.Equal(
            "AWS_STS_REGIONAL_ENDPOINTS=regional U=b AWS_REGION= AWS_DEFAULT_REGION=b",
            Env("""{"env":[{"name":"AWS_REGION","value":""},{"name":"AWS_DEFAULT_REGION","value":"b"}]}""", Known, ("U", "{region}")));
    }

    [Theory]
    [InlineData("amazonaws.com#")]
    [InlineData("a/b")]
    [InlineData(" ")]
    public void Plan_ExtraVariable_NamesNothingThatIsNoPartOfAHost(string region) => Assert.Equal(
        $"AWS_STS_REGIONAL_ENDPOINTS=regional AWS_DEFAULT_REGION={region} F=true AWS_REGION={region}",
        Env($$"""{"env":[{"name":"AWS_REGION","value":"{{region}}"}]}""", Known, ("U", "https://sts.{region}.{dnsSuffix}"), ("F", "true")));

    [Fact]
    public void Plan_ExtraVariableWithoutRegion_OnlyNeedsNoRegion() => Assert.Equal(
        "AWS_STS_REGIONAL_ENDPOINTS=regional F=true",
        Env("{}", Unknown, ("U", "{region}"), ("P", "{partition}"), ("F", "true")));

    [Fact]
    public void Plan_ExtraVariableThatIsSet_StaysAsItIs() => Assert.EndsWith(
        "AWS_REGION=us-east-2 F=false",
        Env("""{"env":[{"name":"F","value":"false"}]}""", Known, ("F", "true")),
        StringComparison.Ordinal);

    /// <summary>The environment that the patch makes, in order.</summary>
    private static string Env(string container, PodRegion region, params (string Name, string Template)[] extra)
    {
        var plan = Plan(container, region, extra);
        var patch = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(patch))
        {
            json.WriteStartArray();
            plan.WriteOperations(json);
            json.WriteEndArray();
        }

        var pod = new PodBuilder().Container(container).Json();
        JsonSerializer.Deserialize<JsonPatchDocument>(patch.WrittenSpan)!.ApplyTo(pod);
        return string.Join(' ', Containers.Env(Containers.Named(pod, "app")).Select(Worded));
    }

    private static string Worded(JsonObject entry) => $"{(string?)entry["name"]}="
        + (entry["valueFrom"]?.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            ?? (string?)entry["value"]);

    private static string? Skipped(string container, PodRegion region) => Plan(container, region, []).Skipped?.Code;

    private static ContainerInjection Plan(
        string container, PodRegion region, (string Name, string Template)[] extra, bool injectsRegion = true)
    {
        var variables = extra.Select(e =>
        {
            Assert.True(ExtraVariable.TryCreate(e.Name, e.Template, out var variable, out var error), error);
            return variable;
        });
        return new ContainerInjector(
                new InjectionSettings { ExtraVariables = [.. variables], Region = injectsRegion }, ConfigMapView.None, region)
            .Plan(new PodBuilder().Container(container).Build().Containers()[0]);
    }
}
