using System.Text.Json;
using StsWebhook.Core.Enums;
using StsWebhook.Output;

namespace StsWebhook.Audit.Output;

/// <summary>Writes the report as one JSON document. docs/audit.md documents its members.</summary>
internal static class AuditJson
{
    /// <summary>Writes summary, namespaces, findings and failures.</summary>
    /// <param name="report">The report.</param>
    /// <param name="exitCode">The exit code of the process.</param>
    /// <param name="output">The writer for the document.</param>
    public static void Write(AuditReport report, int exitCode, TextWriter output) => JsonReport.Write(output, json =>
    {
        json.WriteStartObject("summary"u8);
        json.WriteNumber("namespaces"u8, report.Namespaces.Count);
        json.WriteNumber("optedIn"u8, report.Namespaces.Count(n => n.Namespace.IsOptedIn == true));
        Write(json, report.Total);
        json.WriteBoolean("interrupted"u8, report.IsInterrupted);
        json.WriteNumber("exitCode"u8, exitCode);
        json.WriteEndObject();

        WriteArray(json, "namespaces", report.Namespaces, Write);
        WriteArray(json, "findings", report.Findings, Write);
        WriteArray(json, "unread", report.Unread, Write);
    });

    private static void Write(Utf8JsonWriter json, (AuditedNamespace Namespace, NamespaceCounts Counts) of)
    {
        json.WriteString("name"u8, of.Namespace.Name);
        if (of.Namespace.IsOptedIn is { } isOptedIn)
        {
            json.WriteBoolean("optedIn"u8, isOptedIn);
        }
        else
        {
            json.WriteNull("optedIn"u8);
        }

        json.WriteString("enforce"u8, EnumWord.Format(of.Namespace.Enforcement));
        Write(json, of.Counts);
    }

    private static void Write(Utf8JsonWriter json, NamespaceCounts counts)
    {
        json.WriteStartObject("pods"u8);
        json.WriteNumber("total"u8, counts.Pods.Total);
        json.WriteNumber("injected"u8, counts.Pods.Injected);
        json.WriteNumber("missing"u8, counts.Pods.Missing);
        json.WriteNumber("denied"u8, counts.Pods.Denied);
        json.WriteNumber("exempt"u8, counts.Pods.Exempt);
        json.WriteNumber("warned"u8, counts.Pods.Warned);
        json.WriteNumber("withoutRegion"u8, counts.Pods.WithoutRegion);
        json.WriteNumber("finished"u8, counts.Pods.Finished);
        json.WriteEndObject();
        Write(json, "workloads", counts.Workloads);
        Write(json, "configMaps", counts.ConfigMaps);
    }

    private static void Write(Utf8JsonWriter json, string name, ObjectCounts counts)
    {
        json.WriteStartObject(name);
        json.WriteNumber("total"u8, counts.Total);
        json.WriteNumber("denied"u8, counts.Denied);
        json.WriteNumber("warned"u8, counts.Warned);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, OwnerFinding of)
    {
        json.WriteString("namespace"u8, of.Namespace);
        json.WriteString("kind"u8, of.Owner.Kind);
        json.WriteString("name"u8, of.Owner.Name);
        json.WriteNumber("pods"u8, of.Pods);
        json.WriteString("pod"u8, of.Pod);
        of.Finding.WriteTo(json);
    }

    private static void Write(Utf8JsonWriter json, ReadFailure unread)
    {
        json.WriteString("resource"u8, unread.Resource);
        json.WriteString("namespace"u8, unread.Namespace);
        json.WriteString("message"u8, unread.Message);
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items,
        Action<Utf8JsonWriter, T> writeMembers)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            writeMembers(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
