using System.Text.Json;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;

namespace StsWebhook.Audit;

/// <summary>A namespace, and what the labels of this project say about it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsOptedIn">Whether it has opted in; null where its labels could not be read.</param>
/// <param name="Enforcement">What becomes of findings in it.</param>
internal sealed record AuditedNamespace(string Name, bool? IsOptedIn, Enforcement Enforcement)
{
    /// <summary>Reads a Namespace.</summary>
    /// <param name="json">The Namespace.</param>
    /// <param name="enforcement">The enforcement where its label names none, as the selectors of the webhooks have it.</param>
    public static AuditedNamespace Read(JsonElement json, Enforcement enforcement)
    {
        var labels = json.Member("metadata"u8).Member("labels"u8);
        return new AuditedNamespace(
            new LiveObject(json).Name,
            labels.Is(ProjectKeys.InjectUtf8, ProjectKeys.EnabledUtf8),
            EnumWord.TryParse<Enforcement>(labels.Text(ProjectKeys.EnforceUtf8), out var own) ? own : enforcement);
    }
}
