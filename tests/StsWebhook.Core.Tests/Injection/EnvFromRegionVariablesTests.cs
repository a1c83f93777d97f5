using System.Text.Json;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Tests.Injection;

public sealed class EnvFromRegionVariablesTests
{
    private const string Namespace = "payments";

    [Fact]
    public void Read_NoEnvFrom_SaysNothing() => Assert.Equal(default, Read("[]"));

    [Fact]
    public void Read_BothRegions_AreFound()
    {
        var found = Read("""[{"configMapRef":{"name":"app"}}]""", ("app", """{"AWS_REGION":"eu-west-3","AWS_DEFAULT_REGION":"eu-west-2"}"""));

        Assert.Null(found.UnreadableReason);
        Assert.Equal(new VariableSource.ConfigMapKey("app", "AWS_REGION", IsOptional: false, "eu-west-3"), found.Region);
        Assert.Equal(new VariableSource.ConfigMapKey("app", "AWS_DEFAULT_REGION", IsOptional: false, "eu-west-2"), found.DefaultRegion);
    }

    [Fact]
    public void Read_OtherKeys_SaysNothing() =>
        Assert.Equal(default, Read("""[{"configMapRef":{"name":"app"}}]""", ("app", """{"aws_region":"x","REGION":"x","AWS_REGION_2":"x"}""")));

    [Theory]
    [InlineData("AWS_", "REGION", "DEFAULT_REGION")]
    [InlineData("AWS_DEFAULT_", null, "REGION")]
    [InlineData("AWS_R", "EGION", null)]
    public void Read_PrefixThatFits_KeyIsTheRest(string prefix, string? regionKey, string? defaultKey)
    {
        var found = Read(
            $$$"""[{"prefix":"{{{prefix}}}","configMapRef":{"name":"app"}}]""",
            ("app", """{"REGION":"a","DEFAULT_REGION":"b","EGION":"c","AWS_REGION":"d","AWS_DEFAULT_REGION":"e"}"""));

        Assert.Equal(regionKey, found.Region?.Key);
        Assert.Equal(defaultKey, found.DefaultRegion?.Key);
    }

    [Theory]
    [InlineData("APP_")]
    [InlineData("aws_")]
    [InlineData("AWS_REGION_")]
    [InlineData("AWS_REGION")]
    public void Read_PrefixThatFitsNoRegion_SourceDoesNotMatter(string prefix)
    {
        Assert.Equal(default, Read($$$"""[{"prefix":"{{{prefix}}}","secretRef":{"name":"s"}}]"""));
        Assert.Equal(default, Read($$$"""[{"prefix":"{{{prefix}}}","configMapRef":{"name":"unread"}}]"""));
    }

    [Fact]
    public void Read_Secret_MayHoldOneUnseen() =>
        Assert.Equal(SkipReason.EnvFromSecret, Read("""[{"secretRef":{"name":"s"}}]""").UnreadableReason);

    [Fact]
    public void Read_SecretBesideAConfigMap_StillMayHoldOneUnseen()
    {
        var app = ("app", (string?)"""{"AWS_REGION":"eu-west-3"}""");

        Assert.Equal(SkipReason.EnvFromSecret, Read("""[{"secretRef":{"name":"s"}},{"configMapRef":{"name":"app"}}]""", app).UnreadableReason);
        Assert.Equal(SkipReason.EnvFromSecret, Read("""[{"configMapRef":{"name":"app"}},{"secretRef":{"name":"s"}}]""", app).UnreadableReason);
        Assert.Equal(SkipReason.EnvFromSecret, Read("""[{"configMapRef":{"name":"unread"}},{"secretRef":{"name":"s"}}]""").UnreadableReason);
        Assert.Equal(SkipReason.EnvFromSecret, Read("""[{"secretRef":{"name":"s"}},{"configMapRef":{"name":"unread"}}]""").UnreadableReason);
    }

    [Theory]
    [InlineData("""{"name":"unread"}""")]
    [InlineData("""{"name":"unread","optional":true}""")]
    [InlineData("""{"name":"missing"}""")]
    [InlineData("""{"name":"missing","optional":false}""")]
    public void Read_UnreadOrRequired_MayHoldOneUnseen(string reference) =>
        Assert.Equal(SkipReason.EnvFromConfigMap, Read($$$$"""[{"configMapRef":{{{{reference}}}}}]""", ("missing", null)).UnreadableReason);

    [Fact]
    public void Read_OptionalAndMissing_SaysNothing() =>
        Assert.Equal(default, Read("""[{"configMapRef":{"name":"missing","optional":true}}]""", ("missing", null)));

    [Fact]
    public void Read_TwoSources_LaterWinsForEachVariable()
    {
        var found = Read(
            """[{"configMapRef":{"name":"one"}},{"configMapRef":{"name":"two","optional":true}}]""",
            ("one", """{"AWS_REGION":"a","AWS_DEFAULT_REGION":"b"}"""),
            ("two", """{"AWS_REGION":"c"}"""));

        Assert.Equal(new VariableSource.ConfigMapKey("two", "AWS_REGION", IsOptional: true, "c"), found.Region);
        Assert.Equal("one", found.DefaultRegion!.Name);
    }

    [Fact]
    public void Read_LaterSourceOfOneVariable_LeavesTheOtherAsItWas()
    {
        var found = Read(
            """[{"configMapRef":{"name":"one"}},{"configMapRef":{"name":"two"}}]""",
            ("one", """{"AWS_REGION":"a","AWS_DEFAULT_REGION":"b"}"""),
            ("two", """{"AWS_DEFAULT_REGION":"c"}"""));

        Assert.Equal(("a", "c"), (found.Region!.Value, found.DefaultRegion!.Value));
    }

    [Theory]
    [InlineData("[{}]")]
    [InlineData("""[{"prefix":"AWS_"}]""")]
    [InlineData("""[{"configMapRef":{}}]""")]
    [InlineData("""[{"configMapRef":null,"secretRef":null}]""")]
    public void Read_SourceOfNothing_SaysNothing(string envFrom) => Assert.Equal(default, Read(envFrom));

    private static EnvFromRegionVariables Read(string envFrom, params (string Name, string? Data)[] configMaps)
    {
        var container = new Container(ContainerKind.Regular, 0, JsonElement.Parse($$$$"""{"name":"app","envFrom":{{{{envFrom}}}}}"""));
        return EnvFromRegionVariables.Read(container, new ConfigMapView(Namespace, new ConfigMapSet(configMaps.ToDictionary(
            c => new ConfigMapReference(Namespace, c.Name),
            c => c.Data is null
                ? ConfigMapLookup.Absent
                : ConfigMapLookup.Known(ConfigMapData.Parse(JsonElement.Parse($$"""{"data":{{c.Data}}}""")))))));
    }
}
