using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Policy;

/// <summary>Judges one container: its variables, its command, its probes and its hooks.</summary>
internal sealed class ContainerPolicy
{
    private readonly Pod pod;
    private readonly Container container;
    private readonly PolicyEvaluator findings;
    private readonly VariableExpander expansion;
    private string? path;

    private ContainerPolicy(Pod pod, Container container, PolicyEvaluator findings, VariableExpander expansion)
    {
        this.pod = pod;
        this.container = container;
        this.findings = findings;
        this.expansion = expansion;
    }

    private string Path => path ??= pod.PathOf(container);

    /// <summary>Judges all of it. Variables come first, since commands may refer to them.</summary>
    public static void Judge(Pod pod, Container container, PolicyEvaluator findings, PodValueResolver references)
    {
        if (!references.CannotMatch || !RawJsonPrefilter.CannotMatch(container.Json))
        {
            var policy = new ContainerPolicy(pod, container, findings, new VariableExpander(references));
            new EnvironmentPolicy(pod, container, findings, references, policy.expansion).Judge();
            policy.JudgeCommands();
        }
        else
        {
            EnvironmentPolicy.JudgeSources(pod, container, findings, references);
        }
    }

    private void JudgeCommands()
    {
        var command = expansion.Expand(container.Json.Member("command"u8));
        findings.JudgeCommand(Place("command", "argument"), command);
        findings.JudgeCommand(Place("args", "argument"), expansion.Expand(container.Json.Member("args"u8)), command);
        var lifecycle = container.Json.Member("lifecycle"u8);
        JudgeHandler(lifecycle.Member("postStart"u8), "lifecycle.postStart");
        JudgeHandler(lifecycle.Member("preStop"u8), "lifecycle.preStop");
        JudgeHandler(container.Json.Member("livenessProbe"u8), "livenessProbe");
        JudgeHandler(container.Json.Member("readinessProbe"u8), "readinessProbe");
        JudgeHandler(container.Json.Member("startupProbe"u8), "startupProbe");
    }

    private void JudgeHandler(JsonElement handler, string field)
    {
        if (!handler.Exists())
        {
            return;
        }

        findings.JudgeCommand(
            Place($"{field}.exec.command", "argument"), expansion.Expand(handler.Member("exec"u8).Member("command"u8)));
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

    private FieldLocation Place(string field, string noun) => new($"{Path}.{field}", noun, container.Name);
}
