using System.Text.Json;
using StsWebhook.Core.Json;

namespace StsWebhook.Core.Policy;

/// <summary>Judges the files and values of a ConfigMap, which any pod may mount or read.</summary>
internal static class ConfigMapPolicy
{
    /// <summary>Judges each entry of <c>data</c>, which stands under its own name.</summary>
    public static void Judge(JsonElement configMap, FindingCollector findings)
    {
        foreach (var entry in configMap.Member("data"u8).Members())
        {
            findings.Judge(new Place($"data[{entry.Name}]", "entry"), entry.Name, entry.Value.Text() ?? string.Empty);
        }
    }
}
