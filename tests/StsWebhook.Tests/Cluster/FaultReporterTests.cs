using System.Net;
using StsWebhook.Cluster;
using Xunit;

namespace StsWebhook.Tests.Cluster;

public sealed class FaultReporterTests
{
    private static readonly ApiException Forbidden = new(HttpStatusCode.Forbidden);
    private static readonly ApiException Unauthorized = new(HttpStatusCode.Unauthorized);
    private static readonly IOException Broken = new("broken pipe");

    private readonly List<string> lines = [];
    private readonly FaultReporter faults;

    public FaultReporterTests() => faults = new FaultReporter(reason => lines.Add("forbidden: " + reason));

    [Fact]
    public void ReportFirst_StreakOfFailures_LogsTheFirst()
    {
        faults.ReportFirst(Broken, Failed);
        faults.ReportFirst(new IOException("connection refused"), Failed);

        Assert.Equal(["failed: broken pipe"], lines);
    }

    [Fact]
    public void ReportFirst_MissingPermissionWithinAStreak_IsLoggedAsWell()
    {
        faults.ReportFirst(Broken, Failed);
        faults.ReportFirst(Forbidden, Failed);
        faults.ReportFirst(Unauthorized, Failed);
        faults.ReportFirst(Broken, Failed);

        Assert.Equal(["failed: broken pipe", "forbidden: the API server answered 403 Forbidden"], lines);
    }

    [Fact]
    public void ReportEach_Failures_LogsEachButAMissingPermissionOnce()
    {
        faults.ReportEach(Broken, Failed);
        faults.ReportEach(Forbidden, Failed);
        faults.ReportEach(Broken, Failed);
        faults.ReportEach(Forbidden, Failed);

        Assert.Equal(["failed: broken pipe", "forbidden: the API server answered 403 Forbidden", "failed: broken pipe"], lines);
    }

    [Fact]
    public void Recover_AfterAStreak_ReturnsTrueOnceAndTheNextFailureIsLogged()
    {
        Assert.False(faults.Recover());
        faults.ReportFirst(Broken, Failed);
        faults.ReportFirst(Forbidden, Failed);

        Assert.True(faults.Recover());
        Assert.False(faults.Recover());
        faults.ReportFirst(Broken, Failed);
        faults.ReportFirst(Forbidden, Failed);

        Assert.Equal(4, lines.Count);
    }

    [Fact]
    public void ReportFirst_UnauthorizedWithATextOfItsOwn_IsLoggedWithIt()
    {
        var separate = new FaultReporter(reason => lines.Add("forbidden: " + reason), reason => lines.Add("unauthorized: " + reason));

        separate.ReportFirst(Unauthorized, Failed);

        Assert.Equal(["unauthorized: the API server answered 401 Unauthorized"], lines);
    }

    [Fact]
    public void Describe_Timeout_IsNotTheMessageOfTheException() =>
        Assert.Equal("no answer in time", FaultReporter.Describe(new TaskCanceledException()));

    private void Failed(string reason) => lines.Add("failed: " + reason);
}
