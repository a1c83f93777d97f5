using System.Runtime.InteropServices;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Pods;

/// <summary>
/// Finds labels and annotations of this project that have no effect on a pod: misspelt keys, a label in place of an
/// annotation, an unknown value. Without advice they would be ignored silently.
/// </summary>
internal static class PodKeyAdvice
{
    /// <summary>
    /// The longest key that Kubernetes accepts, in characters: a prefix of 253, a slash and a name of 63. Kubernetes
    /// validates keys only after the mutating webhooks. The edit distance takes time in proportion to the product of both
    /// lengths.
    /// </summary>
    private const int MaxKeyLength = 317;

    /// <summary>An answer has no room for more warnings.</summary>
    private const int MaxSuggestions = 40;

    private static readonly string[] Labels = [ProjectKeys.Inject];

    private static readonly string[] Annotations = [ProjectKeys.SkipContainers, ProjectKeys.Region, ProjectKeys.NodeRegion];

    /// <summary>Returns one line for each key without an effect: labels first, then annotations, then values.</summary>
    public static IReadOnlyList<string> Find(Pod pod)
    {
        List<string>? advice = null;
        foreach (var label in pod.Labels.Members())
        {
            if (MightBeOurs(label) && Check("label", label.Name, Labels, Annotations, advice?.Count ?? 0) is { } line)
            {
                (advice ??= []).Add(line);
            }
        }

        foreach (var annotation in pod.Annotations.Members())
        {
            if (MightBeOurs(annotation)
                && Check("annotation", annotation.Name, Annotations, Labels, advice?.Count ?? 0) is { } line)
            {
                (advice ??= []).Add(line);
            }
        }

        var inject = pod.Labels.Text(ProjectKeys.InjectUtf8);
        if (inject is not (null or ProjectKeys.Disabled or ProjectKeys.Enabled))
        {
            (advice ??= []).Add(
                $"label {ProjectKeys.Inject}: unknown value; on a pod only \"{ProjectKeys.Disabled}\" is allowed");
        }

        return (IReadOnlyList<string>?)advice ?? [];
    }

    /// <summary>
    /// Whether a key can have this project's prefix. Most keys belong to other projects; this check excludes them without
    /// an allocation. A key with escapes is excluded only after it is decoded.
    /// </summary>
    private static bool MightBeOurs(JsonProperty member)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(member);
        return raw.StartsWith(ProjectKeys.PrefixUtf8) || raw.Contains((byte)'\\');
    }

    /// <summary>The advice for one key; null if there is nothing to say.</summary>
    /// <param name="noun">What the key is: a label or an annotation.</param>
    /// <param name="key">The key.</param>
    /// <param name="known">The keys that have an effect there.</param>
    /// <param name="misplaced">The keys that have an effect in the other map only.</param>
    /// <param name="count">The number of lines so far.</param>
    private static string? Check(string noun, string key, string[] known, string[] misplaced, int count)
    {
        if (!key.StartsWith(ProjectKeys.Prefix, StringComparison.Ordinal) || known.Contains(key, StringComparer.Ordinal))
        {
            return null;
        }

        if (misplaced.Contains(key, StringComparer.Ordinal))
        {
            return $"{noun} {key} has no effect: it must be {(noun == "label" ? "an annotation" : "a label")}";
        }

        if (key == ProjectKeys.Enforce)
        {
            return $"{noun} {key} has no effect on a pod: set it as a label of the namespace";
        }

        return key.Length > MaxKeyLength || count > MaxSuggestions
            ? $"{noun} {key} is unknown"
            : $"{noun} {key} is unknown: did you mean {Nearest(key, [.. known, .. misplaced])}?";
    }

    private static string Nearest(string key, string[] candidates) =>
        candidates.MinBy(candidate => EditDistance(key, candidate))!;

    /// <summary>The Levenshtein distance.</summary>
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
