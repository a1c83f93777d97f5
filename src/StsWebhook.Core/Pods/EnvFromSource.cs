using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>One source of <c>envFrom</c>: a ConfigMap or a Secret each of whose keys becomes a variable.</summary>
/// <param name="Json">The source.</param>
internal readonly record struct EnvFromSource(JsonElement Json)
{
    /// <summary>The text before each key in the variable's name.</summary>
    public string Prefix => Json.Text("prefix"u8) ?? string.Empty;

    /// <summary>Whether it is a Secret; the webhook reads none.</summary>
    public bool IsSecret => Json.Member("secretRef"u8).Exists();

    /// <summary>The ConfigMap's name, or null.</summary>
    public string? ConfigMap => Json.Member("configMapRef"u8).Text("name"u8);

    /// <summary>Whether the container can start without the ConfigMap.</summary>
    public bool IsOptional => Json.Member("configMapRef"u8).Member("optional"u8).ValueKind == JsonValueKind.True;

    /// <summary>
    /// The key for the variable <paramref name="name"/>; null if the prefix rules it out, since no key is empty.
    /// </summary>
    public string? KeyOf(string name) =>
        name.Length > Prefix.Length && name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : null;
}
