using StsWebhook.Audit;
using StsWebhook.Audit.Output;
using StsWebhook.Core.Admission;
using StsWebhook.Output;
using StsWebhook.Settings;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Audit;

public sealed class ClusterAuditTests : IAsyncLifetime
{
    private StubApiServer? stub;

    private StubApiServer Server => stub!;

    public async ValueTask InitializeAsync() => stub = await AuditedCluster.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Audit_SomeNamespaces_AsksForNothingElse()
    {
        var report = await AuditAsync("web", "reports");

        Assert.Equal(["reports", "web"], report.Namespaces.Select(n => n.Namespace.Name).ToArray());
        Assert.Equal(ExitCode.Success, report.ExitCode);
        Assert.All(Server.Requests.Where(r => r.Path != "/api/v1/nodes"), request =>
            Assert.Matches("/namespaces/(web|reports)(/|$)", request.Path));
    }

    [Fact]
    public async Task Audit_MissingNamespace_IsReportedAndOthersAreAudited()
    {
        var report = await AuditAsync("web", "wbe");

        Assert.Equal("unread: namespaces in wbe: the namespace does not exist", Assert.Single(ReadFailureLines.Format(report.Unread)));
        Assert.Equal("web", Assert.Single(report.Namespaces).Namespace.Name);
        Assert.Equal(1, report.Total.Pods.Total);
        Assert.Equal(ExitCode.Unusable, report.ExitCode);
    }

    [Fact]
    public async Task Audit_ClusterWidePodListForbidden_ListsByNamespaceAndReportsForbiddenOnes()
    {
        Server.Fault = request => request.Path is "/api/v1/pods" or "/api/v1/namespaces/reports/pods" ? StubFault.Status(403) : null;

        var report = await AuditAsync();

        Assert.Equal("unread: pods in reports: forbidden: grant permission to list pods", Assert.Single(ReadFailureLines.Format(report.Unread)));
        Assert.Equal([1, 5, 0, 1], report.Namespaces.Select(n => n.Counts.Pods.Total));
        Assert.Equal(4, report.Total.Workloads.Total);
        Assert.Equal(ExitCode.Unusable, report.ExitCode);
    }

    [Fact]
    public async Task Audit_OneResourceForbidden_ReportsOneLine()
    {
        Server.Fault = request => request.Path.EndsWith("/statefulsets", StringComparison.Ordinal) ? StubFault.Status(403) : null;

        var report = await AuditAsync();

        Assert.Equal(
            "unread: statefulsets in 4 namespaces (kube-system, payments, reports, web): forbidden: grant permission to list statefulsets",
            Assert.Single(ReadFailureLines.Format(report.Unread)));
        Assert.Equal(8, report.Total.Pods.Total);
    }

    [Fact]
    public async Task Audit_ConfigMapsForbidden_CountAsUnreadForPodsThatReadThem()
    {
        Server.Fault = request => request.Path.EndsWith("/configmaps", StringComparison.Ordinal) ? StubFault.Status(403) : null;

        var report = await AuditAsync();

        Assert.DoesNotContain(report.Findings, f => f.Owner.Name == "reader");
        Assert.Equal(2, report.Total.Pods.Denied);
    }

    [Theory]
    [InlineData(true, 1, 0)]
    [InlineData(false, 0, 1)]
    public async Task Audit_ConfigMapThatIsNotThere_HoldsNoRegion_WhereThatIsKnown(bool areReadable, int missing, int injected)
    {
        AuditedCluster.Put(Server, """
            apiVersion: v1
            kind: Namespace
            metadata: {name: new}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: reader, namespace: new}
            spec: {containers: [{name: app, env: [{name: AWS_STS_REGIONAL_ENDPOINTS, value: regional}], envFrom: [{configMapRef: {name: gone, optional: true}}]}]}
            """);
        Server.Fault = request => !areReadable && request.Path.EndsWith("/configmaps", StringComparison.Ordinal) ? StubFault.Status(403) : null;

        var counts = Assert.Single((await AuditAsync("new")).Namespaces).Counts;

        Assert.Equal((missing, injected), (counts.Pods.Missing, counts.Pods.Injected));
    }

    [Fact]
    public async Task Audit_NamespacesForbidden_TakesThoseThatItMeets()
    {
        Server.Fault = request => request.Path == "/api/v1/namespaces" ? StubFault.Status(403) : null;

        var report = await AuditAsync();

        Assert.Equal(["kube-system", "payments", "reports", "web"], report.Namespaces.Select(n => n.Namespace.Name).ToArray());
        Assert.All(report.Namespaces, n => Assert.Null(n.Namespace.IsOptedIn));
        Assert.Equal(4, report.Total.Pods.Denied);
        Assert.Equal("unread: namespaces: forbidden: grant permission to list namespaces", Assert.Single(ReadFailureLines.Format(report.Unread)));
    }

    [Fact]
    public async Task Audit_EverythingForbidden_SaysSoOfEach()
    {
        Server.Fault = _ => StubFault.Status(403);

        var report = await AuditAsync();

        Assert.Empty(report.Namespaces);
        Assert.Equal(2 + AuditedResource.All.Count, report.Unread.Count);
    }

    [Theory]
    [InlineData("eu-west-2", 0)]
    [InlineData(null, 1)]
    public async Task Audit_NodesForbidden_MatterWhereNothingElseTellsRegions(string? region, int unread)
    {
        Server.Fault = request => request.Path == "/api/v1/nodes" ? StubFault.Status(403) : null;

        var report = await AuditedCluster.AuditAsync(
            Server, new ServerSettings { Reloadable = new ReloadableSettings { Review = new ReviewSettings { DefaultRegion = region } } }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(unread, report.Unread.Count);
        Assert.Equal(region is null ? 1 : 0, report.Total.Pods.WithoutRegion);
    }

    [Fact]
    public async Task Audit_ListThatBeginsAnew_CountsNothingTwice()
    {
        Server.Lists.Fill("pods", 700, i => ("web", $"many-{i}", () => $$$"""{"metadata":{"namespace":"web","name":"many-{{{i}}}"},"spec":{"containers":[{"name":"a"}]}}"""));
        var gone = 0;
        Server.Fault = request => request.Path == "/api/v1/pods" && request.Query.ContainsKey("continue") && Interlocked.Increment(ref gone) == 1
            ? StubFault.Status(410)
            : null;

        var report = await AuditAsync();

        Assert.Equal(708, report.Total.Pods.Total);
        Assert.Empty(report.Unread);
    }

    [Fact]
    public async Task Audit_ServerThatFailsAtOneResource_GoesOn()
    {
        Server.Fault = request => request.Path == "/apis/batch/v1/jobs" ? StubFault.Status(404)
            : request.Path == "/api/v1/podtemplates" ? StubFault.Answer("[]")
            : null;

        var report = await AuditAsync();

        Assert.Equal(
            ["unread: jobs: the API server answered 404 NotFound", "unread: podtemplates: the API server's response is not a list"],
            ReadFailureLines.Format(report.Unread).ToArray());
        Assert.Equal(8, report.Total.Pods.Total);
    }

    [Fact]
    public async Task Audit_UnknownUser_EndsAtOnce()
    {
        Server.Fault = _ => StubFault.Status(401);

        var report = await AuditAsync();

        Assert.Equal("unread: the rest: the API server answered 401 Unauthorized", Assert.Single(ReadFailureLines.Format(report.Unread)));
        Assert.Single(Server.Requests);
    }

    [Fact]
    public async Task Audit_ObjectOfTheWrongShape_IsReported()
    {
        AuditedCluster.Put(Server, "{apiVersion: v1, kind: Pod, metadata: {namespace: web, name: odd}, spec: {containers: {}}}");

        var report = await AuditAsync();

        Assert.Equal(
            "unread: pods in web: Pod odd: spec.containers: expected an array, found an object", Assert.Single(ReadFailureLines.Format(report.Unread)));
    }

    [Fact]
    public async Task Audit_NoConfigMapsToBeRead_StillJudgesThem()
    {
        var report = await AuditedCluster.AuditAsync(
            Server, new ServerSettings { Startup = new StartupSettings { ReadConfigMaps = false } }, cancellation: TestContext.Current.CancellationToken);

        Assert.Equal(1, report.Total.ConfigMaps.Warned);
        Assert.DoesNotContain(report.Findings, f => f.Owner.Name == "reader");
    }

    private Task<AuditReport> AuditAsync(params string[] only) =>
        AuditedCluster.AuditAsync(Server, only: only, cancellation: TestContext.Current.CancellationToken);
}
