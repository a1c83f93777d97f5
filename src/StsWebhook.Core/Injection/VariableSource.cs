using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>The source of an injected variable's value.</summary>
internal abstract record VariableSource
{
    private VariableSource()
    {
    }

    /// <summary>Writes the member <c>value</c> or <c>valueFrom</c> of the entry.</summary>
    public abstract void WriteTo(Utf8JsonWriter json);

    /// <summary>A fixed value.</summary>
    public sealed record Literal(string Value) : VariableSource
    {
        /// <inheritdoc/>
        public override void WriteTo(Utf8JsonWriter json) => json.WriteString("value"u8, Value);
    }

    /// <summary>The <c>value</c> or <c>valueFrom</c> of another entry.</summary>
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

    /// <summary>
    /// The region of the node that the pod is bound to, read from the pod's annotation when the container starts.
    /// </summary>
    public sealed record NodeRegionAnnotation : VariableSource
    {
        /// <summary>The field path of the annotation.</summary>
        public const string Field = $"metadata.annotations['{ProjectKeys.NodeRegion}']";

        /// <summary>The shared instance.</summary>
        public static readonly NodeRegionAnnotation Instance = new();

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

    /// <summary>
    /// The key of a ConfigMap that another variable is read from, so that both stay equal when the ConfigMap changes.
    /// </summary>
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
