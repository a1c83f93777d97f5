using System.Text.Json;

namespace StsWebhook.Core.Injection;

/// <summary>One <c>env</c> entry to add to a container.</summary>
/// <param name="Name">The variable's name.</param>
/// <param name="Source">The source of its value.</param>
internal readonly record struct InjectedVariable(string Name, VariableSource Source)
{
    /// <summary>A variable with a value.</summary>
    public static InjectedVariable Literal(string name, string value) => new(name, new VariableSource.Literal(value));

    /// <summary>Writes the entry as an <c>EnvVar</c> of the pod API.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, Name);
        Source.WriteTo(json);
        json.WriteEndObject();
    }
}
