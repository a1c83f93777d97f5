using YamlDotNet.RepresentationModel;

namespace StsWebhook.Tests.Observability;

/// <summary>Short words for the nodes of YAML.</summary>
internal static class YamlNodeExtensions
{
    public static IEnumerable<YamlNode> Sequence(this YamlNode node) => ((YamlSequenceNode)node).Children;

    /// <summary>The text of a member; null where there is none.</summary>
    public static string? Text(this YamlNode node, string member) =>
        ((YamlMappingNode)node).Children.TryGetValue(member, out var value) ? ((YamlScalarNode)value).Value : null;
}
