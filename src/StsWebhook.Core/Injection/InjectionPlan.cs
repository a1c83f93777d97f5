using System.Text.Json;

namespace StsWebhook.Core.Injection;

/// <summary>Everything that is to be added to a pod.</summary>
public sealed class InjectionPlan
{
    /// <summary>The warning that a pod gets of whose region nothing is known.</summary>
    public const string NoRegion = "nothing tells the region of this pod's node: AWS_STS_REGIONAL_ENDPOINTS is set, the region is not; "
        + "set the annotation sts-webhook.io/region";

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

    /// <summary>A pod that stays as it is.</summary>
    public static InjectionPlan Nothing { get; } = new(default, [], nodeRegion: null, []);

    /// <summary>Whether the pod stays as it is.</summary>
    public bool IsEmpty => nodeRegion is null && InjectedVariables.Count == 0;

    /// <summary>The names of the variables that are added, one for each container that gets it.</summary>
    public IReadOnlyList<string> InjectedVariables { get; }

    /// <summary>Container and <see cref="SkipReason"/> of those that did not get everything.</summary>
    public IReadOnlyList<(string Container, string Reason)> Skipped =>
        containers.Exists(c => c.Skipped is not null)
            ? [.. containers.Where(c => c.Skipped is not null).Select(c => (c.Container.Name, c.Skipped!))]
            : [];

    /// <summary>The reasons of <see cref="Skipped"/>.</summary>
    public IReadOnlyList<string> SkipReasons =>
        containers.Exists(c => c.Skipped is not null) ? [.. containers.Where(c => c.Skipped is not null).Select(c => c.Skipped!)] : [];

    /// <summary>What each container gets, in the order of the pod.</summary>
    public IEnumerable<ContainerOutcome> Outcomes =>
        containers.Select(c => new ContainerOutcome(c.Container.Name, [.. c.Variables.Select(v => v.Name)], c.Skipped));

    /// <summary>What the author of the pod should know.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>Writes the plan as a JSON Patch, which holds no operation but <c>add</c>.</summary>
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
