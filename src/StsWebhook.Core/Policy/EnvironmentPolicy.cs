using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Policy;

/// <summary>Judges the variables of one container, in the order in which the kubelet sets them.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
/// <param name="findings">Where findings go.</param>
/// <param name="references">What variables may read.</param>
/// <param name="expansion">Gets to know the variables, for the commands that refer to them.</param>
internal sealed class EnvironmentPolicy(
    Pod pod, Container container, PolicyEvaluator findings, PodValueResolver references, VariableExpander expansion)
{
    private const string Annotation = "metadata.annotations['";

    private (FieldLocation Place, string Value)? region;
    private (FieldLocation Place, string Value)? defaultRegion;

    /// <summary>Judges all variables.</summary>
    public void Judge()
    {
        JudgeEnvFrom();
        foreach (var variable in container.Env.Items())
        {
            JudgeVariable(variable);
        }

        JudgeRegions();
    }

    /// <summary>
    /// Judges, in a container that is innocent otherwise, what needs no reading of texts: which variables come from
    /// Secrets, and the regions. Few containers have either.
    /// </summary>
    public static void JudgeSources(Pod pod, Container container, PolicyEvaluator findings, PodValueResolver references)
    {
        EnvironmentPolicy? policy = null;
        foreach (var variable in container.Env.Items())
        {
            if (variable.Member("valueFrom"u8).Exists())
            {
                Policy().JudgeUnread(variable);
            }
            else if (variable.Is("name"u8, "AWS_REGION"u8) || variable.Is("name"u8, "AWS_DEFAULT_REGION"u8))
            {
                var name = variable.Text("name"u8)!;
                Policy().Keep(name, (policy!.Value(name), variable.Text("value"u8) ?? string.Empty));
            }
        }

        policy?.JudgeRegions();

        EnvironmentPolicy Policy() => policy ??= new EnvironmentPolicy(pod, container, findings, references, new VariableExpander(references));
    }

    private void JudgeVariable(JsonElement variable)
    {
        var name = variable.Text("name"u8) ?? string.Empty;
        var source = variable.Member("valueFrom"u8);
        if (!source.Exists())
        {
            Judge(name, expansion.Expand(variable.Text("value"u8) ?? string.Empty), Value(name));
        }
        else if (AnnotationReadBy(source) is { } annotation && references.Annotation(annotation) is { } value)
        {
            Judge(name, value, new FieldLocation(PodPolicy.AnnotationField(pod, annotation), "annotation", container.Name));
        }
        else if (ValueInConfigMap(source.Member("configMapKeyRef"u8)) is { } configured)
        {
            Judge(name, configured, Variable($"env[{name}].valueFrom.configMapKeyRef"));
        }
        else
        {
            JudgeUnread(variable);
        }
    }

    private void Judge(string name, string value, FieldLocation place)
    {
        Know(name, value, place);
        findings.Judge(place, name, value);
    }

    private void Know(string name, string value, FieldLocation place)
    {
        expansion.Set(name, value);
        Keep(name, (place, value));
    }

    /// <summary>A variable whose value only the node gets to know.</summary>
    private void JudgeUnread(JsonElement variable)
    {
        var name = variable.Text("name"u8) ?? string.Empty;
        expansion.Unset(name);
        Keep(name, null);
        if (variable.Member("valueFrom"u8).Member("secretKeyRef"u8).Exists())
        {
            findings.JudgeSecret(Variable($"env[{name}].valueFrom.secretKeyRef"), name);
        }
    }

    private void Keep(string name, (FieldLocation Place, string Value)? known)
    {
        switch (name)
        {
            case Variables.Region:
                region = known;
                break;
            case Variables.DefaultRegion:
                defaultRegion = known;
                break;
        }
    }

    /// <summary>Two regions are one mistake, whichever of them is the pod's.</summary>
    private void JudgeRegions()
    {
        if (region is { } first && defaultRegion is { } second && findings.JudgeRegions(second.Place, second.Value, first.Value))
        {
            return;
        }

        if ((region ?? defaultRegion) is { } only)
        {
            findings.JudgeRegion(only.Place, only.Value);
        }
    }

    private string? ValueInConfigMap(JsonElement reference) =>
        reference.Text("name"u8) is { } name && reference.Text("key"u8) is { } key ? references.ConfigMapKey(name, key) : null;

    /// <summary>
    /// What <c>envFrom</c> reads from ConfigMaps. The kubelet sets it before <c>env</c>, whose values may refer to it
    /// and whose entries beat it; of two sources with one variable the later counts. What no process gets to see is
    /// not held against the pod.
    /// </summary>
    private void JudgeEnvFrom()
    {
        Dictionary<string, (int Source, string Value)>? variables = null;
        var index = 0;
        foreach (var json in container.EnvFrom.Items())
        {
            var source = new EnvFromSource(json);
            if (source.ConfigMap is { } name && references.ConfigMap(name) is { } data)
            {
                variables ??= new Dictionary<string, (int, string)>(StringComparer.Ordinal);
                foreach (var (key, value) in data.Where(entry => references.TrySpend(entry.Value.Length)))
                {
                    variables[source.Prefix + key] = (index, value);
                }
            }

            index++;
        }

        if (variables is null)
        {
            return;
        }

        var own = container.Env.Items().Select(variable => variable.Text("name"u8)).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, (source, value)) in variables)
        {
            var place = Variable($"envFrom[{source}].configMapRef");
            Know(name, value, place);
            if (!own.Contains(name))
            {
                findings.Judge(place, name, value);
            }
        }
    }

    private FieldLocation Value(string name) => Variable($"env[{name}].value");

    private FieldLocation Variable(string field) => new($"{pod.PathOf(container)}.{field}", "variable", container.Name);

    /// <summary>The annotation that <c>fieldRef</c> names, as in <c>metadata.annotations['example.com/region']</c>.</summary>
    private static string? AnnotationReadBy(JsonElement source) =>
        source.Member("fieldRef"u8).Text("fieldPath"u8) is { } fieldPath
        && fieldPath.StartsWith(Annotation, StringComparison.Ordinal)
        && fieldPath.EndsWith("']", StringComparison.Ordinal)
            ? fieldPath[Annotation.Length..^2]
            : null;
}
