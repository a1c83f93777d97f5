using System.Globalization;
using System.Text.Json;

namespace StsWebhook.Tests.Observability;

/// <summary>One series of an answer of Prometheus: its labels, and values by seconds since 1970.</summary>
internal sealed record Series(IReadOnlyDictionary<string, string> Labels, IReadOnlyList<(double Time, double Value)> Values)
{
    /// <summary>Reads the member <c>data</c> of an answer.</summary>
    public static IReadOnlyList<Series> Read(JsonElement data) => [.. data.GetProperty("result").EnumerateArray().Select(Of)];

    /// <summary>The legend that Grafana makes of a format such as <c>p99 of {{pod}}</c>.</summary>
    public string Legend(string format) => Labels.Aggregate(
        format, (text, label) => text.Replace("{{" + label.Key + "}}", label.Value, StringComparison.Ordinal));

    private static Series Of(JsonElement result) => new(
        result.GetProperty("metric").EnumerateObject().ToDictionary(l => l.Name, l => l.Value.GetString()!, StringComparer.Ordinal),
        [.. (result.TryGetProperty("values", out var values) ? values.EnumerateArray() : Enumerable.Repeat(result.GetProperty("value"), 1))
            .Select(pair => (pair[0].GetDouble(), Number(pair[1].GetString()!)))]);

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
