using k8s.Models;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>Matches labels as the API server does.</summary>
internal static class Selector
{
    public static bool Matches(V1LabelSelector selector, IReadOnlyDictionary<string, string> labels) =>
        (selector.MatchLabels ?? new Dictionary<string, string>(StringComparer.Ordinal)).All(l => labels.GetValueOrDefault(l.Key) == l.Value)
        && (selector.MatchExpressions ?? []).All(e => e.OperatorProperty switch
        {
            "In" => labels.TryGetValue(e.Key, out var value) && e.Values.Contains(value),
            "NotIn" => !labels.TryGetValue(e.Key, out var value) || !e.Values.Contains(value),
            "Exists" => labels.ContainsKey(e.Key),
            "DoesNotExist" => !labels.ContainsKey(e.Key),
            var other => throw new NotSupportedException(other),
        });
}
