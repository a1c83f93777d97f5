using System.Text;
using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Policy;

/// <summary>
/// Expands <c>$(NAME)</c> as the kubelet does (k8s.io/kubernetes/third_party/forked/golang/expansion): a reference to an
/// unknown name is left unchanged, and <c>$$</c> is an escaped dollar sign. Used by one thread.
/// </summary>
/// <param name="values">Limits the total length of expanded values; references beyond the limit are left unchanged.</param>
internal sealed class VariableExpander(PodValueResolver values)
{
    private Dictionary<string, string>? variables;

    /// <summary>Sets a variable for later expansions.</summary>
    public void Set(string name, string value) => (variables ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = value;

    /// <summary>Removes a variable whose value is known only on the node.</summary>
    public void Unset(string name) => variables?.Remove(name);

    /// <summary>Expands every reference in <paramref name="text"/> once: references in expanded values are not expanded.</summary>
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
                var isKnown = value is not null && values.TrySpend(value.Length);
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

    /// <summary>Expands each item of a command or an argument list.</summary>
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
