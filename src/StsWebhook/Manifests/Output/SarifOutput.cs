using System.Text.Json;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Policy;
using StsWebhook.Input;
using StsWebhook.Output;
using StsWebhook.Telemetry;

namespace StsWebhook.Manifests.Output;

/// <summary>
/// Writes SARIF 2.1.0 (docs.oasis-open.org/sarif/sarif/v2.1.0), which code hosts show next to the changed lines. A file
/// that cannot be used is a notification of the run, not a result.
/// </summary>
internal static class SarifOutput
{
    /// <summary>The names in findings that are not configurable rules.</summary>
    private static readonly (string Name, string Level, string Description)[] OtherRules =
    [
        .. Rule.BuiltIn.Select(rule => (rule.Name, LevelOf(rule.DefaultSeverity), rule.Summary)),
        (FileFinding.Advice, "warning", "A label or an annotation of this project has no effect."),
    ];

    private static readonly (string Name, string Level, string Description)[] Rules =
        [.. Rule.All.Select(rule => (rule.Name, LevelOf(rule.DefaultSeverity), $"A setting that {rule.Message}.")),
            .. OtherRules];

    /// <summary>Writes the report.</summary>
    public static void Write(CheckReport report, TextWriter output) => JsonReport.Write(output, json =>
    {
        json.WriteString("$schema"u8, "https://json.schemastore.org/sarif-2.1.0.json"u8);
        json.WriteString("version"u8, "2.1.0"u8);
        json.WriteStartArray("runs"u8);
        json.WriteStartObject();
        WriteTool(json);
        WriteInvocation(json, report);
        json.WriteStartArray("results"u8);
        foreach (var of in report.Objects)
        {
            foreach (var finding in of.Findings)
            {
                WriteResult(json, of, finding);
            }
        }

        json.WriteEndArray();
        json.WriteString("columnKind"u8, "utf16CodeUnits"u8);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static void WriteTool(Utf8JsonWriter json)
    {
        json.WriteStartObject("tool"u8);
        json.WriteStartObject("driver"u8);
        json.WriteString("name"u8, "sts-webhook"u8);
        json.WriteString("version"u8, BuildInfo.Version);
        json.WriteStartArray("rules"u8);
        foreach (var (name, level, description) in Rules)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, name);
            WriteText(json, "shortDescription", description);
            WriteText(json, "help",
                $"{description} Each result names the remedy. docs/policy.md and docs/check.md of the project say more.");
            json.WriteStartObject("defaultConfiguration"u8);
            json.WriteString("level"u8, level);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteInvocation(Utf8JsonWriter json, CheckReport report)
    {
        json.WriteStartArray("invocations"u8);
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful"u8, report.Errors.Count == 0);
        json.WriteNumber("exitCode"u8, (int)report.ExitCode);
        json.WriteStartArray("toolExecutionNotifications"u8);
        foreach (var error in report.Errors)
        {
            json.WriteStartObject();
            json.WriteString("level"u8, "error"u8);
            WriteText(json, "message", error.Message);
            WriteLocation(json, error.File, error.Line, field: null, title: null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteResult(Utf8JsonWriter json, CheckedObject of, FileFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("ruleId"u8, finding.Rule);
        json.WriteNumber("ruleIndex"u8, Array.FindIndex(Rules, rule => rule.Name == finding.Rule));
        json.WriteString("level"u8, EnumWord.Format(finding.Level));
        WriteText(json, "message", $"{of.Title}: {finding.Text}");
        WriteLocation(json, of.Source.File, finding.Line, finding.Field, of.Title);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, string file, int? line, string? field, string? title)
    {
        json.WriteStartArray("locations"u8);
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation"u8);
        json.WriteStartObject("artifactLocation"u8);
        json.WriteString("uri"u8, UriOf(file));
        json.WriteEndObject();
        if (line is { } known)
        {
            json.WriteStartObject("region"u8);
            json.WriteNumber("startLine"u8, known);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (title is not null)
        {
            json.WriteStartArray("logicalLocations"u8);
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName"u8, field is null ? title : $"{title}: {field}");
            json.WriteString("kind"u8, field is null ? "object"u8 : "member"u8);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text"u8, text);
        json.WriteEndObject();
    }

    /// <summary>
    /// The URI of a file, relative to the working directory if possible, because code hosts resolve only such paths.
    /// </summary>
    private static string UriOf(string file)
    {
        if (file == InputPaths.StandardInputName)
        {
            return file;
        }

        var relative = Path.GetRelativePath(Environment.CurrentDirectory, file);
        return Path.IsPathRooted(relative) || relative.StartsWith("..", StringComparison.Ordinal)
            ? "file://" + Escaped(Path.GetFullPath(file))
            : Escaped(relative);
    }

    private static string Escaped(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Deny => "error",
        Severity.Warn => "warning",
        _ => "none",
    };
}
