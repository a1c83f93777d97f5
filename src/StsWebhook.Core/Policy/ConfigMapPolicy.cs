using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy;

/// <summary>Judges the files and values of a ConfigMap, which any pod may mount or read.</summary>
internal static class ConfigMapPolicy
{
    /// <summary>Judges each entry of <c>data</c>.</summary>
    public static void Judge(JsonElement configMap, PolicyEvaluator findings)
    {
        foreach (var entry in configMap.Member("data"u8).Members())
        {
            var (name, text) = (entry.Name, entry.Value.Text() ?? string.Empty);
            findings.Judge(new FieldLocation($"data[{name}]", "entry"), IsFile(name, text) ? string.Empty : name, text);
        }
    }

    /// <summary>
    /// Whether an entry is a file, whose name says nothing of the hosts in it: <c>hosts.md</c>, or <c>endpoints</c> of
    /// several lines. An entry <c>STS_ENDPOINT</c> or <c>aws.sts.endpoint</c> is a variable or a property.
    /// </summary>
    private static bool IsFile(string name, string text)
    {
        var dot = name.LastIndexOf('.');
        return (dot >= 0 && KeyClassifier.Classify(name[dot..]) == KeyRole.Unclear)
            || (KeyClassifier.Classify(name) == KeyRole.Endpoint && text.AsSpan().Trim().Contains('\n'));
    }
}
