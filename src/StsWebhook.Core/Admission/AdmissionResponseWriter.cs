using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Admission;

/// <summary>Words a decision as the response of an AdmissionReview (k8s.io/api/admission/v1/types.go).</summary>
internal static class AdmissionResponseWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Messages are read by people in kubectl and in logs; nothing here ends up in HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes the whole AdmissionReview.</summary>
    public static void Write(IBufferWriter<byte> output, AdmissionRequest request, Decision decision)
    {
        using var patch = new PooledBuffer();
        using var json = new Utf8JsonWriter(patch, Options);
        if (decision.HasPatch)
        {
            WritePatch(json, request, decision);
        }

        json.Reset(output);
        json.WriteStartObject();
        json.WriteString("apiVersion"u8, "admission.k8s.io/v1"u8);
        json.WriteString("kind"u8, "AdmissionReview"u8);
        json.WriteStartObject("response"u8);
        json.WriteString("uid"u8, request.Uid);
        json.WriteBoolean("allowed"u8, !decision.IsDenied);
        if (decision.IsDenied)
        {
            WriteStatus(json, decision);
        }
        else if (decision.HasPatch)
        {
            json.WriteString("patchType"u8, "JSONPatch"u8);
            json.WriteBase64String("patch"u8, patch.Written.Span);
        }

        WriteWarnings(json, decision);
        AuditAnnotationsWriter.Write(json, decision);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>
    /// 403 with the reason Forbidden is what makes kubectl print the webhook's name and the message
    /// (422 Invalid hides both).
    /// </summary>
    private static void WriteStatus(Utf8JsonWriter json, Decision decision)
    {
        json.WriteStartObject("status"u8);
        json.WriteNumber("code"u8, 403);
        json.WriteString("reason"u8, "Forbidden"u8);
        json.WriteString("message"u8, decision.Refusal?.ToString() ?? ResponseLimits.Lines(decision.Denials.Select(f => f.ToString())));
        json.WriteStartObject("details"u8);
        json.WriteStartArray("causes"u8);
        foreach (var finding in decision.Denials.Take(ResponseLimits.MaxFindings))
        {
            WriteCause(json, finding.Rule.Name, finding.Field, $"{finding.Message}; {finding.Remedy}");
        }

        if (decision.Refusal is { } refusal)
        {
            WriteCause(json, refusal.Reason, refusal.Field, refusal.ToString());
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCause(Utf8JsonWriter json, string reason, string field, string message)
    {
        json.WriteStartObject();
        json.WriteString("reason"u8, reason);
        json.WriteString("field"u8, field);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    }

    private static void WritePatch(Utf8JsonWriter patch, AdmissionRequest request, Decision decision)
    {
        if (decision.BoundRegion is { } region)
        {
            patch.WriteStartArray();
            AnnotationPatch.WriteNodeRegion(patch, request.Object, region);
            patch.WriteEndArray();
        }
        else
        {
            decision.Injection.WritePatch(patch);
        }

        patch.Flush();
    }

    private static void WriteWarnings(Utf8JsonWriter json, Decision decision)
    {
        if (decision.Warnings is not { Count: > 0 } warnings)
        {
            return;
        }

        json.WriteStartArray("warnings"u8);
        foreach (var warning in ResponseLimits.Warnings(warnings))
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
    }
}
