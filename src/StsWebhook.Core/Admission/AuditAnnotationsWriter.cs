using System.Text.Json;
using StsWebhook.Core.Enums;

namespace StsWebhook.Core.Admission;

/// <summary>
/// Writes an outcome for the API server's audit log. The API server puts the webhook's name and a slash before each key, and
/// drops keys that are then not qualified names: a key has at most 63 characters (k8s.io/apiserver, admission.checkKeyFormat).
/// Values stay within <see cref="ResponseLimits"/>.
/// </summary>
internal static class AuditAnnotationsWriter
{
    /// <summary>Writes the member <c>auditAnnotations</c>, unless it would be empty.</summary>
    public static void Write(Utf8JsonWriter json, AdmissionOutcome outcome)
    {
        var region = outcome.BoundRegion ?? (outcome.HasPatch ? outcome.Region.Name : null);
        var injected = outcome.HasPatch
            ? ResponseLimits.List(Distinct(outcome.Injection.InjectedVariables))
            : string.Empty;
        var skipped = outcome.IsDenied
            ? string.Empty
            : ResponseLimits.List(outcome.Injection.Skipped.Select(s => $"{s.Container}={s.Reason}").ToArray());
        var violations = ResponseLimits.List(outcome.PolicyFindings.Select(f => $"{f.Rule}={f.Field}").ToArray());
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
            json.WriteString("region-source"u8, EnumWord.Format(outcome.Region.Source));
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

    /// <summary>Each name once, in order. A list is enough: there are few different names, however many containers.</summary>
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
