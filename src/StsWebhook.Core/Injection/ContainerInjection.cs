using System.Globalization;
using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>The entries to add to one container.</summary>
/// <param name="Container">The container.</param>
/// <param name="Variables">The entries, in the order in which they are added.</param>
/// <param name="PrependCount">
/// The number of entries to add before all existing ones, so that existing entries can refer to them. The rest refers to an
/// existing entry and is added right after it.
/// </param>
/// <param name="InsertAfterIndex">The index of that existing entry.</param>
/// <param name="Skipped">Why the container does not get all variables; null if it does.</param>
internal sealed record ContainerInjection(
    Container Container, List<InjectedVariable> Variables, int PrependCount, int InsertAfterIndex, SkipReason? Skipped)
{
    /// <summary>
    /// Room for the longest path, <c>/spec/ephemeralContainers/0/env/0</c>, with two numbers of ten digits; in characters.
    /// </summary>
    private const int MaxPath = 64;

    private static readonly List<InjectedVariable> Nothing = [];

    /// <summary>No entries for a container.</summary>
    public static ContainerInjection None(Container container, SkipReason? skipped) => new(container, Nothing, 0, 0, skipped);

    /// <summary>
    /// Writes the operations: one for each entry, or one with the whole list where the container has none. <c>add</c> at an index
    /// fails without a list (RFC 6902, 4.1).
    /// </summary>
    public void WriteOperations(Utf8JsonWriter json)
    {
        if (Variables.Count == 0)
        {
            return;
        }

        Span<char> path = stackalloc char[MaxPath];
        path.TryWrite(CultureInfo.InvariantCulture, $"/spec/{Container.List}/{Container.Index}/env", out var length);
        if (!new ContainerEnvironment(Container).HasList)
        {
            JsonPatchOperation.WriteAdd(json, path[..length], Variables, static (json, variables) =>
            {
                json.WriteStartArray();
                foreach (var variable in variables)
                {
                    variable.WriteTo(json);
                }

                json.WriteEndArray();
            });
            return;
        }

        for (var i = 0; i < Variables.Count; i++)
        {
            var index = i < PrependCount ? i : i + InsertAfterIndex + 1;
            path[length..].TryWrite(CultureInfo.InvariantCulture, $"/{index}", out var indexLength);
            JsonPatchOperation.WriteAdd(json, path[..(length + indexLength)], Variables[i], static (json, v) => v.WriteTo(json));
        }
    }
}
