using StsWebhook.Core.Policy;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Policy;

public class RemedyTests
{
    private static readonly PodRegion Known = new(RegionSource.Node, "cn-north-1");
    private static readonly PodRegion Deferred = new(RegionSource.Binding, "us-east-2");
    private static readonly PodRegion Unknown = new(RegionSource.None, Name: null);

    public static TheoryData<Rule, string, string, string> Remedies { get; } = new()
    {
        {
            Rule.GlobalEndpoint,
            "use https://sts.cn-north-1.amazonaws.com.cn, or drop the variable",
            "use https://sts.$(AWS_REGION).amazonaws.com, or drop the variable",
            "use https://sts.<region>.amazonaws.com, or drop the variable"
        },
        { Rule.GlobalRegion, "use cn-north-1, or drop the variable", "drop the variable", "drop the variable" },
        {
            Rule.AmbiguousHost,
            "if it is dialled, use sts.cn-north-1.amazonaws.com.cn",
            "if it is dialled, use sts.$(AWS_REGION).amazonaws.com",
            "if it is dialled, use sts.<region>.amazonaws.com"
        },
        {
            Rule.CrossRegion,
            "use https://sts.cn-north-1.amazonaws.com.cn, or drop the variable",
            "use https://sts.$(AWS_REGION).amazonaws.com, or drop the variable",
            "use https://sts.<region>.amazonaws.com, or drop the variable"
        },
        {
            Rule.InjectionUndone,
            "pass AWS_DEFAULT_REGION, AWS_REGION, AWS_STS_REGIONAL_ENDPOINTS on",
            "pass AWS_DEFAULT_REGION, AWS_REGION, AWS_STS_REGIONAL_ENDPOINTS on",
            "pass AWS_DEFAULT_REGION, AWS_REGION, AWS_STS_REGIONAL_ENDPOINTS on"
        },
        {
            Rule.Unreadable,
            "drop the variable, or give its value in the pod",
            "drop the variable, or give its value in the pod",
            "drop the variable, or give its value in the pod"
        },
        {
            Rule.LegacyMode,
            "use regional in lower case, or drop the variable",
            "use regional in lower case, or drop the variable",
            "use regional in lower case, or drop the variable"
        },
        {
            Rule.InvalidMode,
            "use regional in lower case, or drop the variable",
            "use regional in lower case, or drop the variable",
            "use regional in lower case, or drop the variable"
        },
    };

    [Theory]
    [MemberData(nameof(Remedies))]
    public void For_Rule_NamesWhatThePodCanUse(Rule rule, string known, string deferred, string unknown)
    {
        var place = new FieldLocation("spec.containers[0].env[X].value", "variable");

        Assert.Equal(known, Remedy.For(rule, place, Known));
        Assert.Equal(deferred, Remedy.For(rule, place, Deferred));
        Assert.Equal(unknown, Remedy.For(rule, place, Unknown));
    }

    [Fact]
    public void Remedies_EveryRule_IsThere() =>
        Assert.Equal(Rule.All.Select(rule => rule.Name).Order(StringComparer.Ordinal), Remedies.Select(row => row.Data.Item1.Name).Order(StringComparer.Ordinal));
}
