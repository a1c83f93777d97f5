using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>What a container's <c>env</c> says, read in place.</summary>
internal readonly struct ContainerEnvironment(Container container)
{
    private readonly JsonElement env = container.Env;

    /// <summary>Whether there is a list that entries can be added to.</summary>
    public bool HasList => env.Exists();

    /// <summary>The entry that counts for <paramref name="name"/>: of several with one name the kubelet takes the last.</summary>
    public Entry? Find(string name)
    {
        Entry? found = null;
        var index = 0;
        foreach (var entry in env.Items())
        {
            if (entry.TryGetProperty("name"u8, out var itsName)
                && itsName.ValueKind == JsonValueKind.String
                && itsName.ValueEquals(name))
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
    /// <param name="Index">Its place in the list.</param>
    /// <param name="Json">The entry.</param>
    public readonly record struct Entry(int Index, JsonElement Json)
    {
        /// <summary>The value that the entry gives by itself; null where it comes from elsewhere.</summary>
        public string? Literal => Json.Member("valueFrom"u8).Exists() ? null : Json.Text("value"u8) ?? string.Empty;

        /// <summary>Whether the value holds only once the entries before it are known.</summary>
        public bool IsReference => Literal?.Contains("$(", StringComparison.Ordinal) == true;
    }
}
