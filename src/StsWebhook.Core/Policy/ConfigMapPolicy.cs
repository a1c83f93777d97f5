using System.Text.Json;
using StsWebhook.Core.Json;
using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Policy;

/// <summary>Evaluates the entries of a ConfigMap, which pods may mount as files or read as variables.</summary>
internal static class ConfigMapPolicy
{
    /// <summary>Evaluates each entry of <c>data</c>.</summary>
    public static void Evaluate(JsonElement configMap, PolicyEvaluator evaluator)
    {
        foreach (var entry in configMap.Member("data"u8).Members())
        {
            var (name, text) = (entry.Name, entry.Value.Text() ?? string.Empty);
            evaluator.Evaluate(new FieldLocation($"data[{name}]", "entry"), IsFile(name, text) ? string.Empty : name, text);
        }
    }

    /// <summary>
    /// Whether an entry is a file, whose name does not describe the hosts in it: <c>hosts.md</c>, or <c>endpoints</c>
    /// with several lines. An entry <c>STS_ENDPOINT</c> or <c>aws.sts.endpoint</c> is a variable or a property.
    /// </summary>
    private static bool IsFile(string name, string text)
    {
        var dot = name.LastIndexOf('.');
        return (dot >= 0 && KeyClassifier.Classify(name[dot..]) == KeyRole.Unclear)
            || (KeyClassifier.Classify(name) == KeyRole.Endpoint && text.AsSpan().Trim().Contains('\n'));
    }
}
