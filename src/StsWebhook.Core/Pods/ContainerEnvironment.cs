using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>The <c>env</c> of a container, read in place.</summary>
internal readonly struct ContainerEnvironment(Container container)
{
    private readonly JsonElement env = container.Env;

    /// <summary>Whether the container has a list <c>env</c>, which may be empty.</summary>
    public bool HasList => env.Exists();

    /// <summary>
    /// The entry for <paramref name="name"/>, or null. Where several have the name, the kubelet uses the last one.
    /// </summary>
    public Entry? Find(string name)
    {
        Entry? found = null;
        var index = 0;
        foreach (var entry in env.Items())
        {
            if (entry.TryGetProperty("name"u8, out var entryName)
                && entryName.ValueKind == JsonValueKind.String
                && entryName.ValueEquals(name))
            {
                found = new Entry(index, entry);
            }

            index++;
        }

        return found;
    }

    /// <summary>Whether an entry reads the pod's field <paramref name="fieldPath"/>.</summary>
    public bool Reads(string fieldPath)
    {
        foreach (var entry in env.Items())
        {
            var path = entry.Member("valueFrom"u8).Member("fieldRef"u8).Member("fieldPath"u8);
            if (path.ValueKind == JsonValueKind.String && path.ValueEquals(fieldPath))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An entry of <c>env</c>.</summary>
    /// <param name="Index">Its index in the list.</param>
    /// <param name="Json">The entry.</param>
    public readonly record struct Entry(int Index, JsonElement Json)
    {
        /// <summary>The value; null if the entry has <c>valueFrom</c>.</summary>
        public string? Literal => Json.Member("valueFrom"u8).Exists() ? null : Json.Text("value"u8) ?? string.Empty;

        /// <summary>Whether the value may refer to other variables, which the kubelet expands.</summary>
        public bool IsReference => Literal?.Contains("$(", StringComparison.Ordinal) == true;
    }
}
