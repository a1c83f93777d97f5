using System.Runtime.InteropServices;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>The labels and annotations of this project: the contract with whoever writes pods.</summary>
internal static class PodKeys
{
    /// <summary>Annotation, set here: the region of the node that the pod was bound to.</summary>
    public const string NodeRegionText = Prefix + "node-region";

    private const string Prefix = "sts-webhook.io/";

    /// <summary>
    /// No key that Kubernetes accepts is longer; it checks keys only behind the mutating webhooks, and a distance
    /// costs the length of both texts.
    /// </summary>
    private const int MaxKeyLength = 317;

    /// <summary>An answer has no room for more warnings.</summary>
    private const int MaxSuggestions = 40;

    private static readonly string[] Labels = [Prefix + "inject"];

    private static readonly string[] Annotations = [Prefix + "skip-containers", Prefix + "region", NodeRegionText];

    /// <summary>Label: opts a namespace in (<c>enabled</c>) or a pod out (<c>disabled</c>).</summary>
    public static ReadOnlySpan<byte> Inject => "sts-webhook.io/inject"u8;

    /// <summary>Annotation: this region instead of the node's.</summary>
    public static ReadOnlySpan<byte> Region => "sts-webhook.io/region"u8;

    /// <summary>Annotation: names of containers to leave alone, separated by commas.</summary>
    public static ReadOnlySpan<byte> SkipContainers => "sts-webhook.io/skip-containers"u8;

    /// <inheritdoc cref="NodeRegionText"/>
    public static ReadOnlySpan<byte> NodeRegion => "sts-webhook.io/node-region"u8;

    /// <summary>
    /// What is amiss with the pod's keys of this project, a line for each. A key that is misspelt, or a label that
    /// should be an annotation, would otherwise do nothing and say nothing.
    /// </summary>
    public static IReadOnlyList<string> Mistakes(Pod pod)
    {
        List<string>? mistakes = null;
        foreach (var label in pod.Labels.Members())
        {
            if (MayBeOurs(label) && Mistake("label", label.Name, Labels, Annotations, mistakes) is { } mistake)
            {
                (mistakes ??= []).Add(mistake);
            }
        }

        foreach (var annotation in pod.Annotations.Members())
        {
            if (MayBeOurs(annotation) && Mistake("annotation", annotation.Name, Annotations, Labels, mistakes) is { } mistake)
            {
                (mistakes ??= []).Add(mistake);
            }
        }

        var inject = pod.Labels.Text(Inject);
        if (inject is not (null or "disabled" or "enabled"))
        {
            (mistakes ??= []).Add("label sts-webhook.io/inject has an unknown value: allowed on a pod is disabled");
        }

        return (IReadOnlyList<string>?)mistakes ?? [];
    }

    /// <summary>Whether a key is worth a closer look: nearly all keys are other projects', plain to see before they are texts.</summary>
    private static bool MayBeOurs(JsonProperty member) =>
        JsonMarshal.GetRawUtf8PropertyName(member) is var raw && (raw.StartsWith("sts-webhook.io/"u8) || raw.Contains((byte)'\\'));

    private static string? Mistake(string sort, string key, string[] known, string[] elsewhere, List<string>? before) =>
        !key.StartsWith(Prefix, StringComparison.Ordinal) || known.Contains(key, StringComparer.Ordinal) ? null
        : elsewhere.Contains(key, StringComparer.Ordinal)
            ? $"{sort} {key} has no effect: it must be {(sort == "label" ? "an annotation" : "a label")}"
        : key == Prefix + "enforce"
            ? $"{sort} {key} has no effect on a pod: it is a label of the namespace"
        : key.Length > MaxKeyLength || before?.Count > MaxSuggestions ? $"{sort} {key} is unknown"
        : $"{sort} {key} is unknown: did you mean {Nearest(key, [.. known, .. elsewhere])}?";

    private static string Nearest(string key, string[] candidates) =>
        candidates.MinBy(candidate => EditDistance(key, candidate))!;

    /// <summary>Levenshtein's distance.</summary>
    private static int EditDistance(string one, string other)
    {
        var previous = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var current = new int[other.Length + 1];
            current[0] = i + 1;
            for (var j = 0; j < other.Length; j++)
            {
                current[j + 1] = Math.Min(
                    Math.Min(current[j], previous[j + 1]) + 1,
                    previous[j] + (one[i] == other[j] ? 0 : 1));
            }

            previous = current;
        }

        return previous[^1];
    }
}
