using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Policy.Rules;

/// <summary>Remedies for a pod whose region is known, deferred until binding, and unknown.</summary>
public class RemedyTests
{
    private static readonly PodRegion Known = new(RegionSource.Node, "cn-north-1");
    private static readonly PodRegion Deferred = new(RegionSource.Binding, "us-east-2");
    private static readonly PodRegion Unknown = new(RegionSource.None, Name: null);

    public static TheoryData<string, string, string, string> RegionalRemedies { get; } = new()
    {
        {
            "global-endpoint",
            "use https://sts.cn-north-1.amazonaws.com.cn or remove the variable",
            "use https://sts.$(AWS_REGION).amazonaws.com or remove the variable",
            "use https://sts.<region>.amazonaws.com or remove the variable"
        },
        { "global-region", "use cn-north-1 or remove the variable", "remove the variable", "remove the variable" },
        {
            "ambiguous-host",
            "if it is called, use sts.cn-north-1.amazonaws.com.cn",
            "if it is called, use sts.$(AWS_REGION).amazonaws.com",
            "if it is called, use sts.<region>.amazonaws.com"
        },
        {
            "cross-region",
            "use https://sts.cn-north-1.amazonaws.com.cn or remove the variable",
            "use https://sts.$(AWS_REGION).amazonaws.com or remove the variable",
            "use https://sts.<region>.amazonaws.com or remove the variable"
        },
    };

    [Theory]
    [MemberData(nameof(RegionalRemedies))]
    public void Remedy_RuleAboutRegions_NamesWhatThePodCanUse(string rule, string known, string deferred, string unknown)
    {
        Assert.Equal(known, RemedyOf(rule, Known));
        Assert.Equal(deferred, RemedyOf(rule, Deferred));
        Assert.Equal(unknown, RemedyOf(rule, Unknown));
    }

    [Theory]
    [InlineData("injection-undone", "keep AWS_DEFAULT_REGION, AWS_REGION and AWS_STS_REGIONAL_ENDPOINTS")]
    [InlineData("unreadable", "set the value in the pod or remove the variable")]
    [InlineData("unjudged", "keep the variable within the limit or remove it")]
    [InlineData("legacy-mode", "use regional (lower case) or remove the variable")]
    [InlineData("invalid-mode", "use regional (lower case) or remove the variable")]
    public void Remedy_OtherRule_IsTheSameInEveryRegion(string rule, string remedy) =>
        Assert.All([Known, Deferred, Unknown], region => Assert.Equal(remedy, RemedyOf(rule, region)));

    private static string RemedyOf(string rule, PodRegion region) =>
        Rule.Find(rule)!.Remedy(new RemedyContext(new FieldLocation("spec.containers[0].env[X].value", "variable"), region));
}
