using System.Text.Json;
using StsWebhook.Core.Enums;
using StsWebhook.Findings;
using StsWebhook.Output;

namespace StsWebhook.Manifests.Output;

/// <summary>Writes the report as one JSON document. docs/check.md documents its members.</summary>
internal static class JsonOutput
{
    /// <summary>Writes summary, objects, findings and unusable files.</summary>
    public static void Write(CheckReport report, TextWriter output) => JsonReport.Write(output, json =>
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("files"u8, report.Files.Count);
        json.WriteNumber("objects"u8, report.Objects.Count);
        json.WriteNumber("ignored"u8, report.Ignored);
        json.WriteNumber("patched"u8, report.Patched);
        json.WriteNumber("errors"u8, report.Count(FindingLevel.Error));
        json.WriteNumber("warnings"u8, report.Count(FindingLevel.Warning));
        json.WriteNumber("notes"u8, report.Count(FindingLevel.Note));
        json.WriteNumber("unusable"u8, report.Errors.Count);
        json.WriteNumber("exitCode"u8, (int)report.ExitCode);
        json.WriteEndObject();

        json.WriteStartArray("objects"u8);
        foreach (var checkedObject in report.Objects)
        {
            WriteObject(json, checkedObject);
        }

        json.WriteEndArray();
        json.WriteStartArray("findings"u8);
        foreach (var checkedObject in report.Objects)
        {
            foreach (var finding in checkedObject.Findings)
            {
                WriteFinding(json, checkedObject, finding);
            }
        }

        json.WriteEndArray();
        json.WriteStartArray("unusable"u8);
        foreach (var error in report.Errors)
        {
            json.WriteStartObject();
            json.WriteString("file"u8, error.File);
            WriteNumber(json, "line", error.Line);
            json.WriteString("message"u8, error.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteObject(Utf8JsonWriter json, CheckedObject of)
    {
        json.WriteStartObject();
        WriteIdentity(json, of, of.Source.Node.Line);
        json.WriteString("decision"u8, EnumWord.Format(of.Decision));
        if (of.Containers.Count > 0)
        {
            json.WriteString("region"u8, of.Region.Name);
            json.WriteString("regionSource"u8, EnumWord.Format(of.Region.Source));
            json.WriteStartArray("containers"u8);
            foreach (var container in of.Containers)
            {
                json.WriteStartObject();
                json.WriteString("name"u8, container.Container);
                json.WriteStartArray("variables"u8);
                foreach (var variable in container.Variables)
                {
                    json.WriteStringValue(variable);
                }

                json.WriteEndArray();
                json.WriteString("skipped"u8, container.Skipped?.Code);
                json.WriteString("message"u8, container.Skipped?.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, CheckedObject of, FileFinding finding)
    {
        json.WriteStartObject();
        WriteIdentity(json, of, finding.Line);
        finding.WriteTo(json);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, CheckedObject of, int line)
    {
        json.WriteString("file"u8, of.Source.File);
        json.WriteNumber("line"u8, line);
        json.WriteString("kind"u8, of.Kind);
        json.WriteString("namespace"u8, of.Namespace);
        json.WriteString("name"u8, of.Name);
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, int? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(name, known);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
