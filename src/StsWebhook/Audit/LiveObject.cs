using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Audit;

/// <summary>Reads the fields of a live object that a manifest does not have: owner and status.</summary>
/// <param name="Json">The object.</param>
internal readonly record struct LiveObject(JsonElement Json)
{
    /// <summary>The namespace; empty for a cluster-scoped object.</summary>
    public string Namespace => Json.Member("metadata"u8).Text("namespace"u8) ?? string.Empty;

    /// <summary>The name; empty if the object has none.</summary>
    public string Name => Json.Member("metadata"u8).Text("name"u8) ?? string.Empty;

    /// <summary>The controlling owner reference (<c>controller: true</c>), or null.</summary>
    public Owner? Controller
    {
        get
        {
            foreach (var reference in Json.Member("metadata"u8).Member("ownerReferences"u8).Items())
            {
                if (reference.Member("controller"u8).ValueKind == JsonValueKind.True)
                {
                    return new Owner(reference.Text("kind"u8) ?? string.Empty, reference.Text("name"u8) ?? string.Empty);
                }
            }

            return null;
        }
    }

    /// <summary>Whether a pod or a Job has finished, so that none of its containers starts again.</summary>
    public bool IsFinished
    {
        get
        {
            var status = Json.Member("status"u8);
            if (status.Is("phase"u8, "Succeeded"u8) || status.Is("phase"u8, "Failed"u8))
            {
                return true;
            }

            foreach (var condition in status.Member("conditions"u8).Items())
            {
                if ((condition.Is("type"u8, "Complete"u8) || condition.Is("type"u8, "Failed"u8))
                    && condition.Is("status"u8, "True"u8))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>
    /// Whether the template of a ReplicaSet or a Job adds nothing to its owner's: it is an old revision (zero replicas) or a
    /// copy of the owner's template.
    /// </summary>
    public bool IsRedundant => Controller is { } owner
        && (owner.Kind is "Deployment" or "CronJob"
            || (Json.Member("spec"u8).Member("replicas"u8) is { ValueKind: JsonValueKind.Number } replicas
                && replicas.TryGetInt32(out var count) && count == 0));
}
