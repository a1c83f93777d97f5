using System.Text.Json;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Admission;

/// <summary>
/// Words a decision for the API server's audit log. The API server puts the webhook's name and a slash before each key,
/// and drops what is then no qualified name: the key itself has at most 63 characters (k8s.io/apiserver,
/// admission.checkKeyFormat). Values are kept within <see cref="ResponseLimits"/>.
/// </summary>
internal static class AuditAnnotationsWriter
{
    /// <summary>Writes the annotations; a decision that has nothing to tell writes none.</summary>
    public static void Write(Utf8JsonWriter json, Decision decision)
    {
        var region = decision.BoundRegion ?? (decision.HasPatch ? decision.Region.Name : null);
        var injected = decision.HasPatch
            ? ResponseLimits.List(Distinct(decision.Injection.InjectedVariables))
            : string.Empty;
        var skipped = decision.IsDenied
            ? string.Empty
            : ResponseLimits.List(decision.Injection.Skipped.Select(s => $"{s.Container}={s.Reason}").ToArray());
        var violations = ResponseLimits.List(decision.Findings.Select(f => $"{f.Rule}={f.Field}").ToArray());
        if (region is null && injected.Length + skipped.Length + violations.Length == 0)
        {
            return;
        }

        json.WriteStartObject("auditAnnotations"u8);
        if (region is not null)
        {
            json.WriteString("region"u8, region);
        }

        if (injected.Length > 0)
        {
            json.WriteString("region-source"u8, decision.Region.Source.Name());
            json.WriteString("injected"u8, injected);
        }

        if (skipped.Length > 0)
        {
            json.WriteString("skipped"u8, skipped);
        }

        if (violations.Length > 0)
        {
            json.WriteString("violations"u8, violations);
        }

        json.WriteEndObject();
    }

    /// <summary>Each name once. Names are few, containers may be many.</summary>
    private static List<string> Distinct(IReadOnlyList<string> names)
    {
        var distinct = new List<string>(4);
        for (var i = 0; i < names.Count; i++)
        {
            if (!distinct.Contains(names[i]))
            {
                distinct.Add(names[i]);
            }
        }

        return distinct;
    }
}
