using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy.Rules;

namespace StsWebhook.Core.Policy;

/// <summary>
/// Resolves the annotations and ConfigMaps that the containers of one pod refer to. The total length of resolved values
/// is limited: otherwise a few variables that double one another, or many that read one annotation, would cost far
/// more than the length of the pod. Used by one thread.
/// </summary>
internal sealed class PodValueResolver(Pod pod, ConfigMapView configMaps, RuleSet rules)
{
    /// <summary>
    /// The remaining length of values, in characters. The limit is half of the arguments and variables that Linux passes to a
    /// new process at most (execve(2): a quarter of a stack of 8 MiB).
    /// </summary>
    private int left = 1024 * 1024;

    private Dictionary<string, string>? annotations;

    /// <summary>Whether no value outside of a container that it can refer to can violate a rule.</summary>
    public bool CannotMatch { get; } = configMaps.IsEmpty && RawJsonPrefilter.CannotMatch(pod.Annotations, rules);

    /// <summary>Reserves room for a value of <paramref name="characters"/>.</summary>
    /// <returns>Whether the limit leaves room for the value.</returns>
    public bool TrySpend(int characters)
    {
        if (characters > left)
        {
            return false;
        }

        left -= characters;
        return true;
    }

    /// <summary>The text of an annotation; null if the annotation does not exist or the limit is reached.</summary>
    public string? Annotation(string name)
    {
        annotations ??= IndexAnnotations();
        return annotations.TryGetValue(name, out var text) && TrySpend(text.Length) ? text : null;
    }

    /// <summary>The value of a ConfigMap's key; null if it does not exist, could not be read, or the limit is reached.</summary>
    public string? ConfigMapKey(string configMap, string key) =>
        ConfigMap(configMap) is { } values && values.TryGetValue(key, out var text) && TrySpend(text.Length) ? text : null;

    /// <summary>The data of a ConfigMap; null if the ConfigMap does not exist or could not be read.</summary>
    public IReadOnlyDictionary<string, string>? ConfigMap(string name) => configMaps.Lookup(name).Data?.Values;

    private Dictionary<string, string> IndexAnnotations()
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var annotation in pod.Annotations.Members())
        {
            if (annotation.Value.Text() is { } text)
            {
                index[annotation.Name] = text;
            }
        }

        return index;
    }
}
