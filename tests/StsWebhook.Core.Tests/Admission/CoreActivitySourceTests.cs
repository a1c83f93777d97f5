using System.Diagnostics;
using System.Text.Json.Nodes;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Tests.Support;

namespace StsWebhook.Core.Tests.Admission;

public sealed class CoreActivitySourceTests : IDisposable
{
    private readonly List<Activity> steps = [];
    private readonly ActivitySource caller = new("caller");
    private readonly ActivityListener listener;

    public CoreActivitySourceTests()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source == caller || source.Name == CoreActivitySource.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests review at the same time, under no trace or under their own.
                if (activity.Source != caller && activity.Parent?.Source == caller)
                {
                    steps.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose()
    {
        listener.Dispose();
        caller.Dispose();
    }

    [Fact]
    public void Review_PodUnderATrace_HasASpanForEachStep()
    {
        using (caller.StartActivity("review"))
        {
            Answer.To(Review.OfPod(new PodBuilder().Container().Json()), Webhook.Mutate, Fixture.OneRegion);
        }

        Assert.Equal("region,policy,injection", Names());
        Assert.Equal("us-east-2", steps[0].GetTagItem("sts_webhook.region"));
        Assert.Equal("cluster", steps[0].GetTagItem("sts_webhook.region_source"));
    }

    [Theory]
    [InlineData("", "pods", "region,policy")]
    [InlineData("apps", "deployments", "region,policy")]
    [InlineData("", "configmaps", "policy")]
    public void Review_WithoutInjection_HasNoSpanForIt(string group, string resource, string expected)
    {
        var any = new JsonObject { ["spec"] = new JsonObject { ["template"] = new PodBuilder().Container().Json() } };
        using (caller.StartActivity("review"))
        {
            Answer.To(Review.Of(group, resource, "CREATE", any), Webhook.Validate, Fixture.OneRegion);
        }

        Assert.Equal(expected, Names());
    }

    [Fact]
    public void Review_UnderNoTrace_HasNoSpans()
    {
        Answer.To(Review.OfPod(new PodBuilder().Container().Json()), Webhook.Mutate, Fixture.OneRegion);

        Assert.Empty(steps);
    }

    private string Names() => string.Join(',', steps.Select(step => step.OperationName));
}
