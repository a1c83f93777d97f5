using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Policy;

/// <summary>
/// What the containers of one pod refer to. What references bring in is bounded over all of them: a few variables
/// that double one another, or many that read one annotation, would else cost far more than the length of the pod.
/// </summary>
internal sealed class PodReferences(Pod pod)
{
    /// <summary>Half of what Linux hands to a new process at most (execve(2): a quarter of a stack of 8 MiB).</summary>
    private int left = 1024 * 1024;

    private Dictionary<string, string>? annotations;

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
