using StsWebhook.Tests.Support;
using YamlDotNet.Serialization;

namespace StsWebhook.Clients.Tests.Situations;

/// <summary>The extraEnv recipes of docs/endpoints.md, read from the page, so that the tests use what readers paste.</summary>
internal static class Recipe
{
    /// <summary>The variables of the chart's values under a heading.</summary>
    public static IReadOnlyDictionary<string, string> ExtraEnv(string heading)
    {
        var page = File.ReadAllLines(Repository.PathOf("docs/endpoints.md"));
        var yaml = page
            .SkipWhile(line => line != $"### {heading}")
            .SkipWhile(line => line != "```yaml")
            .Skip(1)
            .TakeWhile(line => line != "```");
        var values = new Deserializer().Deserialize<Dictionary<string, Dictionary<string, Dictionary<string, string>>>>(string.Join('\n', yaml));
        return values?["injection"]["extraEnv"]
            ?? throw new InvalidOperationException($"docs/endpoints.md has no recipe under the heading {heading}");
    }
}
