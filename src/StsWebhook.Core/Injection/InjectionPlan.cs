using System.Text.Json;

namespace StsWebhook.Core.Injection;

/// <summary>Everything that is to be added to a pod.</summary>
public sealed class InjectionPlan
{
    /// <summary>The warning that a pod gets of whose region nothing is known.</summary>
    public const string NoRegion = "nothing tells the region of this pod's node: AWS_STS_REGIONAL_ENDPOINTS is set, the region is not; "
        + "set the annotation sts-webhook.io/region";

    private readonly JsonElement pod;
    private readonly string? nodeRegion;

    internal InjectionPlan(
        JsonElement pod, IReadOnlyList<ContainerInjection> containers, string? nodeRegion, IReadOnlyList<string> warnings)
    {
        this.pod = pod;
        this.nodeRegion = nodeRegion;
        Containers = containers;
        Warnings = warnings;
    }

    /// <summary>A pod that stays as it is.</summary>
    public static InjectionPlan Nothing { get; } = new(default, [], nodeRegion: null, []);

    /// <summary>Whether the pod stays as it is.</summary>
    public bool IsEmpty => nodeRegion is null && !Containers.Any(c => c.First.Count + c.Later.Count > 0);

    /// <summary>The names of the variables that are added, one for each container that gets it.</summary>
    public IEnumerable<string> InjectedVariables => Containers.SelectMany(c => c.Variables, (_, v) => v.Name);

    /// <summary>Container and <see cref="SkipReason"/> of those that did not get everything.</summary>
    public IEnumerable<(string Container, string Reason)> Skipped =>
        Containers.Where(c => c.Skipped is not null).Select(c => (c.Container.Name, c.Skipped!));

    /// <summary>What each container gets, in the order of the pod.</summary>
    public IEnumerable<ContainerOutcome> Outcomes =>
        Containers.Select(c => new ContainerOutcome(c.Container.Name, [.. c.Variables.Select(v => v.Name)], c.Skipped));

    /// <summary>What the author of the pod should know.</summary>
    public IReadOnlyList<string> Warnings { get; }

    internal IReadOnlyList<ContainerInjection> Containers { get; }

    /// <summary>Writes the plan as a JSON Patch, which holds no operation but <c>add</c>.</summary>
    public void WritePatch(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        if (nodeRegion is not null)
        {
            AnnotationPatch.WriteNodeRegion(json, pod, nodeRegion);
        }

        foreach (var container in Containers)
        {
            container.WriteOperations(json);
        }

        json.WriteEndArray();
    }
}
