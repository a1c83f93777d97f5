using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace StsWebhook.Clients.Tests.Kubelet;

/// <summary>
/// The variables with which the kubelet starts a container (k8s.io/kubernetes/pkg/kubelet/kubelet_pods.go,
/// makeEnvironmentVariables), without those of Services. It shares no code with the program, whose injection it checks.
/// </summary>
/// <param name="pod">The pod that the API server has stored.</param>
/// <param name="objects">The objects that the pod may refer to.</param>
internal sealed partial class ContainerEnvironment(JsonNode pod, NamespaceObjects objects)
{
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);

    /// <summary>Returns the variables of a container.</summary>
    public static IReadOnlyDictionary<string, string> Of(JsonNode pod, string container, NamespaceObjects objects)
    {
        var environment = new ContainerEnvironment(pod, objects);
        environment.Read(pod["spec"]!["containers"]!.AsArray().Single(c => (string)c!["name"]! == container)!);
        return environment.variables;
    }

    [GeneratedRegex(@"\$(?:\$|\((?<name>[^)]*)\))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Reference { get; }

    [GeneratedRegex(@"^metadata\.(?<map>labels|annotations)\['(?<key>.+)'\]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MapKey { get; }

    private static bool IsOptional(JsonNode reference) => (bool?)reference["optional"] ?? false;

    /// <summary>First envFrom, then the entries of env in order: a later entry overrides an earlier one and can refer to it.</summary>
    private void Read(JsonNode container)
    {
        foreach (var source in container["envFrom"]?.AsArray() ?? [])
        {
            var data = source!["configMapRef"] is { } configMap ? Find(objects.ConfigMaps, configMap) : Find(objects.Secrets, source["secretRef"]!);
            foreach (var (key, value) in data ?? new Dictionary<string, string>(StringComparer.Ordinal))
            {
                variables[(string?)source["prefix"] + key] = value;
            }
        }

        foreach (var entry in container["env"]?.AsArray() ?? [])
        {
            if (ValueOf(entry!) is { } value)
            {
                variables[(string)entry!["name"]!] = value;
            }
        }
    }

    /// <summary>Null if an optional reference has no target: the variable is not set then.</summary>
    private string? ValueOf(JsonNode entry) =>
        (string?)entry["value"] is { Length: > 0 } value ? Expand(value)
        : entry["valueFrom"] is not { } source ? string.Empty
        : source["fieldRef"] is { } field ? FieldOf((string)field["fieldPath"]!)
        : source["configMapKeyRef"] is { } configMap ? KeyOf(objects.ConfigMaps, configMap)
        : KeyOf(objects.Secrets, source["secretKeyRef"] ?? throw new NotSupportedException($"valueFrom {source.ToJsonString()}"));

    /// <summary>Unknown references stay unchanged; <c>$$</c> is an escaped dollar sign.</summary>
    private string Expand(string text) => Reference.Replace(
        text, match => match.Value == "$$" ? "$" : variables.GetValueOrDefault(match.Groups["name"].Value, match.Value));

    private string FieldOf(string path) =>
        MapKey.Match(path) is { Success: true } key
            ? (string?)pod["metadata"]![key.Groups["map"].Value]?[key.Groups["key"].Value] ?? string.Empty
            : path switch
            {
                "metadata.name" or "metadata.namespace" or "metadata.uid" or "spec.nodeName" or "spec.serviceAccountName" =>
                    (string?)pod[path.Split('.')[0]]![path.Split('.')[1]] ?? string.Empty,
                _ => throw new NotSupportedException($"fieldPath {path}"),
            };

    private static string? KeyOf(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> kind, JsonNode reference) =>
        Find(kind, reference)?.GetValueOrDefault((string)reference["key"]!)
        ?? (IsOptional(reference) ? null : throw WouldNotStart(reference));

    private static IReadOnlyDictionary<string, string>? Find(
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> kind, JsonNode reference) =>
        kind.GetValueOrDefault((string)reference["name"]!)
        ?? (IsOptional(reference) ? null : throw WouldNotStart(reference));

    private static InvalidOperationException WouldNotStart(JsonNode reference) =>
        new($"The container would not start: the target of {reference.ToJsonString()} does not exist.");
}
