using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Policy;

/// <summary>Evaluates one container: its variables, its command, its probes and its lifecycle hooks.</summary>
internal sealed class ContainerPolicy
{
    private readonly Pod pod;
    private readonly Container container;
    private readonly PolicyEvaluator evaluator;
    private readonly VariableExpander expander;
    private string? path;

    private ContainerPolicy(Pod pod, Container container, PolicyEvaluator evaluator, VariableExpander expander)
    {
        this.pod = pod;
        this.container = container;
        this.evaluator = evaluator;
        this.expander = expander;
    }

    private string Path => path ??= pod.PathOf(container);

    /// <summary>Evaluates a container. Variables come first, since commands may refer to them.</summary>
    public static void Evaluate(Pod pod, Container container, PolicyEvaluator evaluator, PodValueResolver values)
    {
        if (!values.CannotMatch || !RawJsonPrefilter.CannotMatch(container.Json, evaluator.Rules))
        {
            var policy = new ContainerPolicy(pod, container, evaluator, new VariableExpander(values));
            new EnvironmentPolicy(pod, container, evaluator, values, policy.expander).Evaluate();
            policy.EvaluateCommands();
        }
        else
        {
            EnvironmentPolicy.EvaluateSources(pod, container, evaluator, values);
        }
    }

    private void EvaluateCommands()
    {
        var command = expander.Expand(container.Json.Member("command"u8));
        evaluator.EvaluateCommand(LocationOf("command", "argument"), command);
        evaluator.EvaluateCommand(LocationOf("args", "argument"), expander.Expand(container.Json.Member("args"u8)), command);
        var lifecycle = container.Json.Member("lifecycle"u8);
        EvaluateHandler(lifecycle.Member("postStart"u8), "lifecycle.postStart");
        EvaluateHandler(lifecycle.Member("preStop"u8), "lifecycle.preStop");
        EvaluateHandler(container.Json.Member("livenessProbe"u8), "livenessProbe");
        EvaluateHandler(container.Json.Member("readinessProbe"u8), "readinessProbe");
        EvaluateHandler(container.Json.Member("startupProbe"u8), "startupProbe");
    }

    private void EvaluateHandler(JsonElement handler, string field)
    {
        if (!handler.Exists())
        {
            return;
        }

        evaluator.EvaluateCommand(
            LocationOf($"{field}.exec.command", "argument"), expander.Expand(handler.Member("exec"u8).Member("command"u8)));
        EvaluateHost(handler.Member("httpGet"u8), $"{field}.httpGet.host");
        EvaluateHost(handler.Member("tcpSocket"u8), $"{field}.tcpSocket.host");
    }

    private void EvaluateHost(JsonElement action, string field)
    {
        if (action.Text("host"u8) is { } host)
        {
            evaluator.Evaluate(LocationOf(field, "host"), "host", host);
        }
    }

    private FieldLocation LocationOf(string field, string kind) => new($"{Path}.{field}", kind, container.Name);
}
