using StsWebhook.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace StsWebhook.Tests.Observability;

/// <summary>The rules that the chart ships.</summary>
internal sealed record AlertRules(IReadOnlyList<AlertRules.Rule> Recorded, IReadOnlyList<AlertRules.Rule> Alerts)
{
    public static AlertRules Read()
    {
        var rules = Yaml(Repository.Alerts)["groups"].Sequence().SelectMany(group => group["rules"].Sequence()).ToArray();
        return new AlertRules(
            [.. rules.Where(rule => rule.Text("record") is not null).Select(rule => new Rule(rule, "record"))],
            [.. rules.Where(rule => rule.Text("alert") is not null).Select(rule => new Rule(rule, "alert"))]);
    }

    /// <summary>The root of a YAML file.</summary>
    public static YamlNode Yaml(string path)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(path);
        yaml.Load(text);
        return yaml.Documents.Single().RootNode;
    }

    /// <summary>One rule.</summary>
    internal sealed class Rule(YamlNode yaml, string kind)
    {
        public string Name => yaml.Text(kind)!;

        public string Expression => yaml.Text("expr")!;

        public string? Label(string name) => yaml["labels"].Text(name);

        public string? Annotation(string name) => yaml["annotations"].Text(name);
    }
}
