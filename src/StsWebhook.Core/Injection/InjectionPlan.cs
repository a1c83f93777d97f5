using System.Text.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>All additions to a pod. It refers to the pod's JSON and is valid as long as its document.</summary>
public sealed class InjectionPlan
{
    /// <summary>The warning for a pod whose region cannot be determined.</summary>
    public const string NoRegionWarning = $"cannot determine the region of this pod: only {Variables.EndpointMode} was injected; "
        + $"set the annotation {ProjectKeys.Region}";

    private readonly JsonElement pod;
    private readonly List<ContainerInjection> containers;
    private readonly string? nodeRegion;

    internal InjectionPlan(
        JsonElement pod, List<ContainerInjection> containers, string? nodeRegion, IReadOnlyList<string> warnings)
    {
        this.pod = pod;
        this.containers = containers;
        this.nodeRegion = nodeRegion;
        Warnings = warnings;
        var names = new string[containers.Sum(container => container.Variables.Count)];
        var count = 0;
        foreach (var container in containers)
        {
            foreach (var variable in container.Variables)
            {
                names[count++] = variable.Name;
            }
        }

        InjectedVariables = names;
    }

    /// <summary>The plan without additions.</summary>
    public static InjectionPlan Nothing { get; } = new(default, [], nodeRegion: null, []);

    /// <summary>Whether there are no additions.</summary>
    public bool IsEmpty => nodeRegion is null && InjectedVariables.Count == 0;

    /// <summary>The names of the added variables, once for each container.</summary>
    public IReadOnlyList<string> InjectedVariables { get; }

    /// <summary>The containers that do not get all variables, and why.</summary>
    public IReadOnlyList<(string Container, SkipReason Reason)> Skipped =>
        containers.Exists(c => c.Skipped is not null)
            ? [.. containers.Where(c => c.Skipped is not null).Select(c => (c.Container.Name, c.Skipped!))]
            : [];

    /// <summary>The codes of the reasons of <see cref="Skipped"/>.</summary>
    public IReadOnlyList<string> SkipReasons =>
        containers.Exists(c => c.Skipped is not null)
            ? [.. containers.Where(c => c.Skipped is not null).Select(c => c.Skipped!.Code)]
            : [];

    /// <summary>The result for each container, in the order of the pod.</summary>
    public IEnumerable<ContainerOutcome> Outcomes =>
        containers.Select(c => new ContainerOutcome(c.Container.Name, [.. c.Variables.Select(v => v.Name)], c.Skipped));

    /// <summary>Admission warnings for the author of the pod, as <see cref="NoRegionWarning"/>.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>
    /// Writes the plan as a JSON Patch (RFC 6902), as
    /// <c>[{"op":"add","path":"/spec/containers/0/env/0","value":{"name":"AWS_REGION","value":"eu-west-1"}}]</c>. All operations
    /// are <c>add</c>.
    /// </summary>
    public void WritePatch(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        if (nodeRegion is not null)
        {
            AnnotationPatch.WriteNodeRegion(json, pod, nodeRegion);
        }

        foreach (var container in containers)
        {
            container.WriteOperations(json);
        }

        json.WriteEndArray();
    }
}
