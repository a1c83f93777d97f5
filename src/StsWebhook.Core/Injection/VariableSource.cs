using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>Where the value of an injected variable comes from.</summary>
internal abstract record VariableSource
{
    private VariableSource()
    {
    }

    /// <summary>Writes the member <c>value</c> or <c>valueFrom</c> of the entry.</summary>
    public abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>A value.</summary>
    public sealed record Literal(string Value) : VariableSource
    {
        /// <inheritdoc/>
        public override void WriteTo(Utf8JsonWriter json) => json.WriteString("value"u8, Value);
    }

    /// <summary>The value, or the source, of another entry.</summary>
    public sealed record CopyOf(JsonElement Entry) : VariableSource
    {
        /// <inheritdoc/>
        public override void WriteTo(Utf8JsonWriter json)
        {
            var isSource = Entry.TryGetProperty("valueFrom"u8, out var shared) && shared.ValueKind == JsonValueKind.Object;
            json.WritePropertyName(isSource ? "valueFrom"u8 : "value"u8);
            (isSource ? shared : Entry.GetProperty("value"u8)).WriteTo(json);
        }
    }

    /// <summary>The region that the binding tells, read from the pod's annotation when the container starts.</summary>
    public sealed record Binding : VariableSource
    {
        /// <summary>The field that is read.</summary>
        public const string Field = $"metadata.annotations['{PodKeys.NodeRegionText}']";

        /// <summary>The only one.</summary>
        public static readonly Binding Instance = new();

        /// <inheritdoc/>
        public override void WriteTo(Utf8JsonWriter json)
        {
            json.WriteStartObject("valueFrom"u8);
            json.WriteStartObject("fieldRef"u8);
            json.WriteString("apiVersion"u8, "v1"u8);
            json.WriteString("fieldPath"u8, Field);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <summary>A key of a ConfigMap, the one that another variable comes from: so both stay equal when it changes.</summary>
    public sealed record ConfigMapKey(string Name, string Key, bool IsOptional, string Value) : VariableSource
    {
        /// <inheritdoc/>
        public override void WriteTo(Utf8JsonWriter json)
        {
            json.WriteStartObject("valueFrom"u8);
            json.WriteStartObject("configMapKeyRef"u8);
            json.WriteString("name"u8, Name);
            json.WriteString("key"u8, Key);
            if (IsOptional)
            {
                json.WriteBoolean("optional"u8, true);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
