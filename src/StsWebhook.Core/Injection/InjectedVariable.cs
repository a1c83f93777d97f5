using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>One <c>env</c> entry to add to a container.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Value">Its value; null where it comes from somewhere else.</param>
/// <param name="CopyOf">The entry whose <c>value</c> or <c>valueFrom</c> it shares; undefined where there is none.</param>
internal readonly record struct InjectedVariable(string Name, string? Value, JsonElement CopyOf)
{
    /// <summary>The field that a deferred region is read from when the container starts.</summary>
    public const string NodeRegionField = $"metadata.annotations['{PodKeys.NodeRegionText}']";

    /// <summary>Whether the value is only known once the pod is bound to a node.</summary>
    public bool IsFromBinding => Value is null && CopyOf.ValueKind == JsonValueKind.Undefined;

    /// <summary>A variable with a value.</summary>
    public static InjectedVariable Literal(string name, string value) => new(name, value, default);

    /// <summary>A variable with the value, or the source, of another.</summary>
    public static InjectedVariable Copy(string name, JsonElement entry) => new(name, Value: null, entry);

    /// <summary>A variable that reads the region which the binding tells.</summary>
    public static InjectedVariable FromBinding(string name) => new(name, Value: null, default);

    /// <summary>Writes the entry as the pod API has it.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, Name);
        if (Value is not null)
        {
            json.WriteString("value"u8, Value);
        }
        else if (CopyOf.ValueKind == JsonValueKind.Object)
        {
            var isSource = CopyOf.TryGetProperty("valueFrom"u8, out var shared) && shared.ValueKind == JsonValueKind.Object;
            json.WritePropertyName(isSource ? "valueFrom"u8 : "value"u8);
            (isSource ? shared : CopyOf.GetProperty("value"u8)).WriteTo(json);
        }
        else
        {
            json.WriteStartObject("valueFrom"u8);
            json.WriteStartObject("fieldRef"u8);
            json.WriteString("apiVersion"u8, "v1"u8);
            json.WriteString("fieldPath"u8, NodeRegionField);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
