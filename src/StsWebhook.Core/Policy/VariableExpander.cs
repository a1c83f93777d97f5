using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Policy;

/// <summary>
/// Expands <c>$(NAME)</c> as the kubelet does (k8s.io/kubernetes/third_party/forked/golang/expansion): a name that is
/// not known stays as it is written, <c>$$</c> is a dollar sign that begins no reference.
/// </summary>
/// <param name="references">Bounds what may come in; a reference beyond that stays as it is written.</param>
internal sealed class VariableExpander(PodValueResolver references)
{
    private Dictionary<string, string>? variables;

    /// <summary>Makes a variable known to what is expanded from here on.</summary>
    public void Set(string name, string value) => (variables ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = value;

    /// <summary>Forgets a variable: its value is only known on the node.</summary>
    public void Unset(string name) => variables?.Remove(name);

    /// <summary>Expands every reference in <paramref name="text"/>; what comes in is not expanded again.</summary>
    public string Expand(string text)
    {
        var dollar = text.IndexOf('$', StringComparison.Ordinal);
        if (dollar < 0)
        {
            return text;
        }

        var expanded = new StringBuilder(text, 0, dollar, text.Length);
        var lastEnd = text.LastIndexOf(')');
        for (var at = dollar; at < text.Length; at++)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                expanded.Append(text[at]);
            }
            else if (text[at + 1] == '$')
            {
                expanded.Append(text[at++]);
            }
            else if (text[at + 1] == '(' && at < lastEnd)
            {
                var end = text.IndexOf(')', at);
                var value = variables?.GetValueOrDefault(text[(at + 2)..end]);
                var isKnown = value is not null && references.TrySpend(value.Length);
                expanded.Append(isKnown ? value : text.AsSpan(at, end + 1 - at));
                at = end;
            }
            else
            {
                expanded.Append('$');
            }
        }

        return expanded.ToString();
    }

    /// <summary>Expands every item of a command or argument list.</summary>
    public List<string> Expand(JsonElement items)
    {
        var expanded = new List<string>();
        foreach (var item in items.Items())
        {
            expanded.Add(Expand(item.GetString()!));
        }

        return expanded;
    }
}
