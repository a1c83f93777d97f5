using StsWebhook.Telemetry;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Telemetry;

public sealed class MetricsDocumentationTests
{
    [Fact]
    public void Documentation_MetricsTable_IsGenerated() => GeneratedSection.Verify(
        "docs/observability.md",
        "metrics",
        [
            "| Metric | Type | Labels | Meaning |",
            "| --- | --- | --- | --- |",
            .. new ServerMetrics(byNamespace: true).All.Select(metric =>
                $"| `{metric.Name}` | {metric.GetType().Name.ToLowerInvariant()} "
                + $"| {string.Join(", ", metric.LabelNames.Select(label => $"`{label}`"))} | {metric.Help} |"),
        ]);
}
