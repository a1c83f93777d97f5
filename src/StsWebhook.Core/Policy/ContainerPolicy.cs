using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Policy;

/// <summary>Judges one container: its variables, its command, its probes and its hooks.</summary>
internal sealed class ContainerPolicy(Pod pod, Container container, FindingCollector findings, PodReferences references)
{
    private const string Annotation = "metadata.annotations['";

    private readonly Expansion expansion = new(references);
    private string? path;

    private string Path => path ??= pod.PathOf(container);

    /// <summary>Judges all of it. Variables come first, since commands may refer to them.</summary>
    public void Judge()
    {
        if (references.AreInnocent && Glance.IsInnocent(container.Json))
        {
            return;
        }

        JudgeEnvFrom();
        foreach (var variable in container.Env.Items())
        {
            JudgeVariable(variable);
        }

        JudgeCommand(container.Json.Member("command"u8), "command");
        JudgeCommand(container.Json.Member("args"u8), "args");
        var lifecycle = container.Json.Member("lifecycle"u8);
        JudgeHandler(lifecycle.Member("postStart"u8), "lifecycle.postStart");
        JudgeHandler(lifecycle.Member("preStop"u8), "lifecycle.preStop");
        JudgeHandler(container.Json.Member("livenessProbe"u8), "livenessProbe");
        JudgeHandler(container.Json.Member("readinessProbe"u8), "readinessProbe");
        JudgeHandler(container.Json.Member("startupProbe"u8), "startupProbe");
    }

    private void JudgeVariable(JsonElement variable)
    {
        var name = variable.Text("name"u8) ?? string.Empty;
        var source = variable.Member("valueFrom"u8);
        if (!source.Exists())
        {
            var value = expansion.Expand(variable.Text("value"u8) ?? string.Empty);
            expansion.Set(name, value);
            findings.Judge(Place($"env[{name}].value", "variable"), name, value);
        }
        else if (AnnotationReadBy(source) is { } annotation && references.Annotation(annotation) is { } value)
        {
            expansion.Set(name, value);
            findings.Judge(
                new Place(PodPolicy.AnnotationField(pod, annotation), "annotation", container.Name), name, value);
        }
        else if (ValueInConfigMap(source.Member("configMapKeyRef"u8)) is { } configured)
        {
            expansion.Set(name, configured);
            findings.Judge(Place($"env[{name}].valueFrom.configMapKeyRef", "variable"), name, configured);
        }
        else
        {
            expansion.Unset(name);
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
            expansion.Set(name, value);
            if (!own.Contains(name))
            {
                findings.Judge(Place($"envFrom[{source}].configMapRef", "variable"), name, value);
            }
        }
    }

    private void JudgeCommand(JsonElement items, string field)
    {
        if (items.Exists())
        {
            findings.JudgeCommand(Place(field, "argument"), expansion.Expand(items));
        }
    }

    private void JudgeHandler(JsonElement handler, string field)
    {
        if (!handler.Exists())
        {
            return;
        }

        JudgeCommand(handler.Member("exec"u8).Member("command"u8), $"{field}.exec.command");
        JudgeHost(handler.Member("httpGet"u8), $"{field}.httpGet.host");
        JudgeHost(handler.Member("tcpSocket"u8), $"{field}.tcpSocket.host");
    }

    private void JudgeHost(JsonElement action, string field)
    {
        if (action.Text("host"u8) is { } host)
        {
            findings.Judge(Place(field, "host"), "host", host);
        }
    }

    private Place Place(string field, string noun) => new($"{Path}.{field}", noun, container.Name);

    /// <summary>The annotation that <c>fieldRef</c> names, as in <c>metadata.annotations['example.com/region']</c>.</summary>
    private static string? AnnotationReadBy(JsonElement source) =>
        source.Member("fieldRef"u8).Text("fieldPath"u8) is { } fieldPath
        && fieldPath.StartsWith(Annotation, StringComparison.Ordinal)
        && fieldPath.EndsWith("']", StringComparison.Ordinal)
            ? fieldPath[Annotation.Length..^2]
            : null;
}
