using System.Text.Json;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;

namespace StsWebhook.Audit;

/// <summary>A namespace and its <c>sts-webhook.io/*</c> labels.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsOptedIn">Whether the namespace has opted in; null if its labels could not be read.</param>
/// <param name="Enforcement">The enforcement that applies to findings in the namespace.</param>
internal sealed record AuditedNamespace(string Name, bool? IsOptedIn, Enforcement Enforcement)
{
    /// <summary>Reads a Namespace object.</summary>
    /// <param name="json">The Namespace.</param>
    /// <param name="enforcement">The enforcement of a namespace without a valid label, as the chart's namespace selectors do
    /// it.</param>
    public static AuditedNamespace Read(JsonElement json, Enforcement enforcement)
    {
        var labels = json.Member("metadata"u8).Member("labels"u8);
        return new AuditedNamespace(
            new LiveObject(json).Name,
            labels.Is(ProjectKeys.InjectUtf8, ProjectKeys.EnabledUtf8),
            EnumWord.TryParse<Enforcement>(labels.Text(ProjectKeys.EnforceUtf8), out var own) ? own : enforcement);
    }
}
