using System.Globalization;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Regions;

/// <summary>
/// One requirement of a node selector term, evaluated as the scheduler does it
/// (k8s.io/component-helpers/scheduling/corev1/nodeaffinity, k8s.io/apimachinery/pkg/labels Requirement.Matches).
/// </summary>
/// <param name="Key">A label's key, or a field's name.</param>
/// <param name="Operator"><c>In</c>, <c>NotIn</c>, <c>Exists</c>, <c>DoesNotExist</c>, <c>Gt</c> or <c>Lt</c>.</param>
/// <param name="Values">The operator's operands.</param>
internal sealed record NodeSelectorRequirement(string Key, string Operator, string[] Values)
{
    /// <summary>Reads an item of <c>matchExpressions</c> or <c>matchFields</c>.</summary>
    public static NodeSelectorRequirement Read(JsonElement json) => new(
        json.Text("key"u8) ?? string.Empty,
        json.Text("operator"u8) ?? string.Empty,
        [.. json.Member("values"u8).Items().Select(v => v.GetString()!)]);

    /// <summary>Whether a node meets the requirement.</summary>
    /// <param name="actual">The value of the node's label or field; null if the node does not have it.</param>
    public bool Matches(string? actual) => Operator switch
    {
        "In" => actual is not null && Array.IndexOf(Values, actual) >= 0,
        "NotIn" => actual is null || Array.IndexOf(Values, actual) < 0,
        "Exists" => actual is not null,
        "DoesNotExist" => actual is null,
        "Gt" => Compare(actual) > 0,
        "Lt" => Compare(actual) < 0,
        _ => false,
    };

    private int? Compare(string? actual) =>
        Values.Length == 1 && TryParse(actual, out var left) && TryParse(Values[0], out var right)
            ? left.CompareTo(right)
            : null;

    private static bool TryParse(string? text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
