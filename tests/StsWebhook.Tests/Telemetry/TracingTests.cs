using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using StsWebhook.Core.Admission;
using StsWebhook.Telemetry;
using Xunit;

namespace StsWebhook.Tests.Telemetry;

public sealed class TracingTests : IDisposable
{
    private const string TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private readonly ActivityListener listener = new()
    {
        ShouldListenTo = source => source.Name == "sts-webhook",
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
    };

    public TracingTests() => ActivitySource.AddActivityListener(listener);

    public void Dispose() => listener.Dispose();

    [Fact]
    public void StartReview_TraceParent_IsContinued()
    {
        using var activity = Start(TraceParent)!;

        Assert.Equal("4bf92f3577b34da6a3ce929d0e0e4736", activity.TraceId.ToHexString());
        Assert.Equal("00f067aa0ba902b7", activity.ParentSpanId.ToHexString());
        Assert.True(activity.HasRemoteParent);
        Assert.Equal("mutate", activity.DisplayName);
        Assert.Equal(ActivityKind.Server, activity.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("hush")]
    [InlineData("00-00000000000000000000000000000000-0000000000000000-01")]
    public void StartReview_NoTraceParent_IsARootWhateverIsUnderWay(string? traceParent)
    {
        using var framework = new Activity("framework").Start();

        using var activity = Start(traceParent)!;

        Assert.Null(activity.ParentId);
        Assert.NotEqual(framework.TraceId, activity.TraceId);
    }

    private static Activity? Start(string? traceParent)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.TraceParent = traceParent;
        return Tracing.StartReview(Webhook.Mutate, context.Request);
    }
}
