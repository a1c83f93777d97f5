using StsWebhook.Audit.Output;
using StsWebhook.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Audit;

/// <summary>What the audit of the cluster in the fixtures comes to, in both formats.</summary>
public sealed class AuditGoldenTests
{
    [Fact]
    public async Task Audit_Cluster_ComesToWhatIsExpected()
    {
        await using var server = await AuditedCluster.StartAsync();

        var report = await AuditedCluster.AuditAsync(server, cancellation: TestContext.Current.CancellationToken);

        Golden.Assert(AuditedCluster.Folder, "expected.table", output => AuditTable.Write(report, Terminal.None, output));
        Golden.Assert(AuditedCluster.Folder, "expected.json", output => AuditJson.Write(report, (int)report.ExitCode, output));
        Assert.Empty(report.Unread);
        Assert.Equal(ExitCode.Found, report.ExitCode);
    }
}
