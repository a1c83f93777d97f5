using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Tests.Pods;

public sealed class WorkloadKindTests
{
    public static TheoryData<string> Kinds => [.. WorkloadKind.All.Select(workload => workload.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Find_ByResourceAndByKind_IsTheSame(string kind)
    {
        var workload = WorkloadKind.All.Single(w => w.Kind == kind);

        Assert.Same(workload, WorkloadKind.FindByResource(workload.Group, workload.Resource));
        Assert.Same(workload, WorkloadKind.FindByKind(workload.Group, kind));
        Assert.Equal(kind.ToLowerInvariant() + "s", workload.Resource);
    }

    [Theory]
    [InlineData("apps", "pods")]
    [InlineData("", "deployments")]
    [InlineData("example.com", "jobs")]
    [InlineData("batch", "Jobs")]
    public void FindByResource_AnyOther_IsNull(string group, string resource) =>
        Assert.Null(WorkloadKind.FindByResource(group, resource));

    [Theory]
    [InlineData("", "Pod")]
    [InlineData("", "Deployment")]
    [InlineData("example.com", "Job")]
    [InlineData("batch", "job")]
    public void FindByKind_AnyOther_IsNull(string group, string kind) => Assert.Null(WorkloadKind.FindByKind(group, kind));

    [Fact]
    public void FindTemplate_CronJob_FollowsThePath()
    {
        var cronJob = WorkloadKind.FindByKind("batch", "CronJob")!;

        Assert.Equal("x", cronJob.FindTemplate(JsonElement.Parse("""{"spec":{"jobTemplate":{"spec":{"template":"x"}}}}""")).GetString());
        Assert.False(cronJob.FindTemplate(JsonElement.Parse("""{"spec":{"template":"x"}}""")).Exists());
    }
}
