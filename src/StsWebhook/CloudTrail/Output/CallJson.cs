using System.Text.Json;
using StsWebhook.Output;

namespace StsWebhook.CloudTrail.Output;

/// <summary>Writes the report as one JSON document. docs/cloudtrail.md documents its members.</summary>
internal static class CallJson
{
    /// <summary>Writes summary, callers and damaged files.</summary>
    public static void Write(CloudTrailReport report, TextWriter output) => JsonReport.Write(output, json =>
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("files"u8, report.Files);
        json.WriteNumber("logs"u8, report.Logs);
        json.WriteNumber("events"u8, report.Events);
        json.WriteNumber("stsCalls"u8, report.StsCalls);
        json.WriteNumber("globalCalls"u8, report.Global.Calls);
        WriteEvidence(json, report.Global);
        json.WriteNumber("ungrouped"u8, report.Ungrouped);
        json.WriteNumber("damaged"u8, report.Damaged.Count);
        json.WriteNumber("exitCode"u8, (int)report.ExitCode);
        json.WriteEndObject();

        json.WriteStartArray("callers"u8);
        foreach (var group in report.Groups)
        {
            json.WriteStartObject();
            json.WriteNumber("calls"u8, group.Counts.Calls);
            json.WriteString("lastSeen"u8, TimeText.Format(group.LastSeen));
            json.WriteString("servingRegion"u8, group.Caller.ServingRegion);
            WriteEvidence(json, group.Counts);
            json.WriteString("source"u8, group.Caller.Source);
            json.WriteString("principal"u8, group.Caller.Principal);
            json.WriteString("userAgent"u8, group.Caller.UserAgent);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("damaged"u8);
        foreach (var file in report.Damaged)
        {
            json.WriteStartObject();
            json.WriteString("file"u8, file.Name);
            json.WriteString("message"u8, file.Problem);
            json.WriteNumber("events"u8, file.Events);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteEvidence(Utf8JsonWriter json, EvidenceCounts counts)
    {
        json.WriteStartObject("signs"u8);
        foreach (var (name, calls) in counts.ByEvidence)
        {
            json.WriteNumber(name, calls);
        }

        json.WriteEndObject();
    }
}
