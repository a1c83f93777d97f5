using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy.Rules;

namespace StsWebhook.Core.Policy;

/// <summary>Evaluates the variables of one container, in the order in which the kubelet sets them.</summary>
/// <param name="pod">The pod.</param>
/// <param name="container">The container.</param>
/// <param name="evaluator">Collects the findings.</param>
/// <param name="values">Resolves annotations and ConfigMaps that variables refer to.</param>
/// <param name="expander">Receives the variables, for later variables and commands that refer to them.</param>
internal sealed class EnvironmentPolicy(
    Pod pod, Container container, PolicyEvaluator evaluator, PodValueResolver values, VariableExpander expander)
{
    private const string AnnotationPrefix = "metadata.annotations['";

    private (FieldLocation Location, string Value)? region;
    private (FieldLocation Location, string Value)? defaultRegion;

    /// <summary>Evaluates all variables.</summary>
    public void Evaluate()
    {
        EvaluateEnvFrom();
        foreach (var variable in container.Env.Items())
        {
            EvaluateVariable(variable);
        }

        EvaluateRegions();
    }

    /// <summary>
    /// Evaluates, in a container whose texts cannot violate a rule, what needs no parsing: which variables come from
    /// Secrets, and the region variables. Allocates nothing for the many containers that have neither.
    /// </summary>
    public static void EvaluateSources(Pod pod, Container container, PolicyEvaluator evaluator, PodValueResolver values)
    {
        EnvironmentPolicy? policy = null;
        foreach (var variable in container.Env.Items())
        {
            if (variable.Member("valueFrom"u8).Exists())
            {
                Policy().EvaluateUnknownValue(variable);
            }
            else if (variable.Is("name"u8, "AWS_REGION"u8) || variable.Is("name"u8, "AWS_DEFAULT_REGION"u8))
            {
                var name = variable.Text("name"u8)!;
                Policy().RecordRegion(name, (policy!.ValueLocation(name), variable.Text("value"u8) ?? string.Empty));
            }
        }

        policy?.EvaluateRegions();

        EnvironmentPolicy Policy() => policy ??= new EnvironmentPolicy(pod, container, evaluator, values, new VariableExpander(values));
    }

    private void EvaluateVariable(JsonElement variable)
    {
        var name = variable.Text("name"u8) ?? string.Empty;
        var source = variable.Member("valueFrom"u8);
        if (!source.Exists())
        {
            EvaluateValue(name, expander.Expand(variable.Text("value"u8) ?? string.Empty), ValueLocation(name));
        }
        else if (AnnotationReadBy(source) is { } annotation && values.Annotation(annotation) is { } value)
        {
            EvaluateValue(name, value, new FieldLocation(PodPolicy.AnnotationField(pod, annotation), "annotation", container.Name));
        }
        else if (ValueInConfigMap(source.Member("configMapKeyRef"u8)) is { } configured)
        {
            EvaluateValue(name, configured, LocationOf($"env[{name}].valueFrom.configMapKeyRef"));
        }
        else
        {
            EvaluateUnknownValue(variable);
        }
    }

    private void EvaluateValue(string name, string value, FieldLocation location)
    {
        RecordVariable(name, value, location);
        evaluator.Evaluate(location, name, value);
    }

    private void RecordVariable(string name, string value, FieldLocation location)
    {
        expander.Set(name, value);
        RecordRegion(name, (location, value));
    }

    /// <summary>Evaluates a variable whose value only the kubelet resolves.</summary>
    private void EvaluateUnknownValue(JsonElement variable)
    {
        var name = variable.Text("name"u8) ?? string.Empty;
        expander.Unset(name);
        RecordRegion(name, null);
        if (variable.Member("valueFrom"u8).Member("secretKeyRef"u8).Exists())
        {
            evaluator.EvaluateSecret(LocationOf($"env[{name}].valueFrom.secretKeyRef"), name);
        }
    }

    private void RecordRegion(string name, (FieldLocation Location, string Value)? variable)
    {
        switch (name)
        {
            case Variables.Region:
                region = variable;
                break;
            case Variables.DefaultRegion:
                defaultRegion = variable;
                break;
        }
    }

    private void EvaluateRegions()
    {
        if (region is not null || defaultRegion is not null)
        {
            evaluator.EvaluateRegions(new RegionVariables(region, defaultRegion));
        }
    }

    private string? ValueInConfigMap(JsonElement reference) =>
        reference.Text("name"u8) is { } name && reference.Text("key"u8) is { } key ? values.ConfigMapKey(name, key) : null;

    /// <summary>
    /// Evaluates the variables that <c>envFrom</c> reads from ConfigMaps. The kubelet sets them before <c>env</c>,
    /// whose values may refer to them and whose entries override them. If two sources set one variable, the later one
    /// wins. Overridden values are not evaluated, since no process receives them.
    /// </summary>
    private void EvaluateEnvFrom()
    {
        Dictionary<string, (int Source, string Value)>? variables = null;
        var index = 0;
        foreach (var json in container.EnvFrom.Items())
        {
            var source = new EnvFromSource(json);
            if (source.ConfigMap is { } name && values.ConfigMap(name) is { } data)
            {
                variables ??= new Dictionary<string, (int, string)>(StringComparer.Ordinal);
                foreach (var (key, value) in data.Where(entry => values.TrySpend(entry.Value.Length)))
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
            var location = LocationOf($"envFrom[{source}].configMapRef");
            RecordVariable(name, value, location);
            if (!own.Contains(name))
            {
                evaluator.Evaluate(location, name, value);
            }
        }
    }

    private FieldLocation ValueLocation(string name) => LocationOf($"env[{name}].value");

    private FieldLocation LocationOf(string field) => new($"{pod.PathOf(container)}.{field}", "variable", container.Name);

    /// <summary>The annotation that a <c>fieldRef</c> reads, as in <c>metadata.annotations['example.com/region']</c>; null for none.</summary>
    private static string? AnnotationReadBy(JsonElement source) =>
        source.Member("fieldRef"u8).Text("fieldPath"u8) is { } fieldPath
        && fieldPath.StartsWith(AnnotationPrefix, StringComparison.Ordinal)
        && fieldPath.EndsWith("']", StringComparison.Ordinal)
            ? fieldPath[AnnotationPrefix.Length..^2]
            : null;
}
