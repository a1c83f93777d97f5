using System.Globalization;
using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>What one container gets, and why not more.</summary>
/// <param name="Container">The container.</param>
/// <param name="Variables">The entries, in the order in which they are added.</param>
/// <param name="PrependCount">
/// How many of them go before all of the container's own, so that those may refer to them. The others themselves refer
/// to one of the container's own, and go right behind it.
/// </param>
/// <param name="InsertAfterIndex">The place of that one.</param>
/// <param name="Skipped">A <see cref="SkipReason"/>, or null.</param>
internal sealed record ContainerInjection(
    Container Container, List<InjectedVariable> Variables, int PrependCount, int InsertAfterIndex, string? Skipped)
{
    /// <summary>The longest list, <c>/spec/ephemeralContainers/0/env/0</c>, and two numbers of ten digits.</summary>
    private const int MaxPath = 64;

    private static readonly List<InjectedVariable> Nothing = [];

    /// <summary>A container that gets nothing.</summary>
    public static ContainerInjection None(Container container, string? skipped) => new(container, Nothing, 0, 0, skipped);

    /// <summary>
    /// Writes the operations. <c>add</c> to an index needs a list, so a container without one gets it whole
    /// (RFC 6902, 4.1).
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
            JsonPatch.WriteAdd(json, path[..length], Variables, static (json, variables) =>
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
            JsonPatch.WriteAdd(json, path[..(length + indexLength)], Variables[i], static (json, v) => v.WriteTo(json));
        }
    }
}
