using System.Text;
using Prometheus;
using StsWebhook.Telemetry;
using Xunit;

namespace StsWebhook.Tests.Observability;

/// <summary>The names under which Prometheus knows what the program exposes.</summary>
internal static class ExposedMetrics
{
    public static async Task<IReadOnlySet<string>> ReadAsync()
    {
        using var page = new MemoryStream();
        await new ServerMetrics(byNamespace: false).WriteAsync(page, ExpositionFormat.PrometheusText, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(page.ToArray()).Split('\n')
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .SelectMany(type => type[3] == "histogram" ? new[] { type[2] + "_bucket", type[2] + "_sum", type[2] + "_count" } : [type[2]])
            .ToHashSet(StringComparer.Ordinal);
    }
}
