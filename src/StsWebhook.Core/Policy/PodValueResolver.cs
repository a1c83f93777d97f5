using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Policy;

/// <summary>
/// What the containers of one pod refer to. What references bring in is bounded over all of them: a few variables
/// that double one another, or many that read one annotation, would else cost far more than the length of the pod.
/// </summary>
internal sealed class PodValueResolver(Pod pod, ConfigMapView configMaps)
{
    /// <summary>Half of what Linux hands to a new process at most (execve(2): a quarter of a stack of 8 MiB).</summary>
    private int left = 1024 * 1024;

    private Dictionary<string, string>? annotations;

    /// <summary>Whether nothing that a container can refer to outside of itself can concern a rule.</summary>
    public bool CannotMatch { get; } = configMaps.IsEmpty && RawJsonPrefilter.CannotMatch(pod.Annotations);

    /// <summary>Takes characters that a reference brings in off what may still come, if there are as many left.</summary>
    public bool TrySpend(int characters)
    {
        if (characters > left)
        {
            return false;
        }

        left -= characters;
        return true;
    }

    /// <summary>The text of an annotation that a variable reads, or null where there is none or too much was read.</summary>
    public string? Annotation(string name)
    {
        annotations ??= Index();
        return annotations.TryGetValue(name, out var text) && TrySpend(text.Length) ? text : null;
    }

    /// <summary>The text of a ConfigMap's key that a variable reads, or null where it could not be read or too much was read.</summary>
    public string? ConfigMapKey(string configMap, string key) =>
        ConfigMap(configMap) is { } data && data.TryGetValue(key, out var text) && TrySpend(text.Length) ? text : null;

    /// <summary>The data of a ConfigMap, or null where it could not be read or does not exist.</summary>
    public IReadOnlyDictionary<string, string>? ConfigMap(string name) =>
        configMaps.TryRead(name, out var data) ? data : null;

    private Dictionary<string, string> Index()
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
