using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>What one container gets, and why not more.</summary>
/// <param name="Container">The container.</param>
/// <param name="First">Entries that go before all of the container's own, so that those may refer to them.</param>
/// <param name="Later">Entries that themselves refer to one of the container's own, and go right behind it.</param>
/// <param name="Behind">The place of that one.</param>
/// <param name="Skipped">A <see cref="SkipReason"/>, or null.</param>
internal sealed record ContainerInjection(
    Container Container,
    IReadOnlyList<InjectedVariable> First,
    IReadOnlyList<InjectedVariable> Later,
    int Behind,
    string? Skipped)
{
    /// <summary>A container that gets nothing.</summary>
    public static ContainerInjection None(Container container, string? skipped) => new(container, [], [], 0, skipped);

    /// <summary>Everything it gets.</summary>
    public IEnumerable<InjectedVariable> Variables => First.Concat(Later);

    /// <summary>
    /// Writes the operations. <c>add</c> to an index needs a list, so a container without one gets it whole
    /// (RFC 6902, 4.1).
    /// </summary>
    public void WriteOperations(Utf8JsonWriter json)
    {
        var path = $"/spec/{Container.List}/{Container.Index}/env";
        if (!new ContainerEnvironment(Container).HasList)
        {
            if (First.Count > 0)
            {
                JsonPatch.WriteAdd(json, path, First, static (json, variables) =>
                {
                    json.WriteStartArray();
                    foreach (var variable in variables)
                    {
                        variable.WriteTo(json);
                    }

                    json.WriteEndArray();
                });
            }

            return;
        }

        var index = 0;
        foreach (var variable in First)
        {
            JsonPatch.WriteAdd(json, $"{path}/{index++}", variable, static (json, v) => v.WriteTo(json));
        }

        index += Behind + 1;
        foreach (var variable in Later)
        {
            JsonPatch.WriteAdd(json, $"{path}/{index++}", variable, static (json, v) => v.WriteTo(json));
        }
    }
}
