using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Admission;

/// <summary>Writes an outcome as the response of an AdmissionReview (k8s.io/api/admission/v1/types.go).</summary>
internal static class AdmissionResponseWriter
{
    private static readonly JsonWriterOptions Options = new()
    {
        // People read the messages in kubectl and in logs: quotes and angle brackets stay as they are. No HTML contains them.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes the whole AdmissionReview.</summary>
    /// <param name="output">Receives the JSON.</param>
    /// <param name="uid">The uid of the request.</param>
    /// <param name="target">The object that a patch applies to; undefined where the outcome has no patch.</param>
    /// <param name="outcome">The outcome.</param>
    public static void Write(IBufferWriter<byte> output, string uid, JsonElement target, AdmissionOutcome outcome)
    {
        using var patch = new PooledBuffer();
        using var json = new Utf8JsonWriter(patch, Options);
        if (outcome.HasPatch)
        {
            WritePatch(json, target, outcome);
        }

        json.Reset(output);
        json.WriteStartObject();
        json.WriteString("apiVersion"u8, "admission.k8s.io/v1"u8);
        json.WriteString("kind"u8, "AdmissionReview"u8);
        json.WriteStartObject("response"u8);
        json.WriteString("uid"u8, uid);
        json.WriteBoolean("allowed"u8, !outcome.IsDenied);
        if (outcome.IsDenied)
        {
            WriteStatus(json, outcome);
        }
        else if (outcome.HasPatch)
        {
            json.WriteString("patchType"u8, "JSONPatch"u8);
            json.WriteBase64String("patch"u8, patch.Written.Span);
        }

        WriteWarnings(json, outcome);
        AuditAnnotationsWriter.Write(json, outcome);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>
    /// Status 403 with the reason Forbidden makes kubectl print the webhook's name and the message; with 422 Invalid it prints
    /// neither.
    /// </summary>
    private static void WriteStatus(Utf8JsonWriter json, AdmissionOutcome outcome)
    {
        json.WriteStartObject("status"u8);
        json.WriteNumber("code"u8, 403);
        json.WriteString("reason"u8, "Forbidden"u8);
        json.WriteString("message"u8, ResponseLimits.Lines(outcome.Denials.Select(f => f.ToString())));
        json.WriteStartObject("details"u8);
        json.WriteStartArray("causes"u8);
        foreach (var finding in outcome.Denials.Take(ResponseLimits.MaxFindings))
        {
            WriteCause(json, finding.Rule.Name, finding.Field, $"{finding.Message}; {finding.Remedy}");
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

    private static void WritePatch(Utf8JsonWriter patch, JsonElement target, AdmissionOutcome outcome)
    {
        if (outcome.BoundRegion is { } region)
        {
            patch.WriteStartArray();
            AnnotationPatch.WriteNodeRegion(patch, target, region);
            patch.WriteEndArray();
        }
        else
        {
            outcome.Injection.WritePatch(patch);
        }

        patch.Flush();
    }

    private static void WriteWarnings(Utf8JsonWriter json, AdmissionOutcome outcome)
    {
        if (outcome.Warnings is not { Count: > 0 } warnings)
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
