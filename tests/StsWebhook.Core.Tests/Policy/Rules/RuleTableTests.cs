using StsWebhook.Core.Policy;

namespace StsWebhook.Core.Tests.Policy.Rules;

/// <summary>The table of rules in docs/policy.md is generated from <see cref="Rule.All"/>. <c>UPDATE_GOLDEN=1</c> rewrites it.</summary>
public class RuleTableTests
{
    private const string Start = "<!-- generated:rules -->\n\n";
    private const string End = "\n<!-- /generated:rules -->";

    [Fact]
    public void Documentation_ListsTheRules()
    {
        var file = Path.Combine(Root(), "docs", "policy.md");
        var text = File.ReadAllText(file);
        var (start, end) = (text.IndexOf(Start, StringComparison.Ordinal) + Start.Length, text.IndexOf(End, StringComparison.Ordinal));
        var expected = Table();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text[..start] + expected + text[end..]);
            return;
        }

        Assert.Equal(expected, text[start..end]);
    }

    private static string Table() => string.Concat(
        Rule.All
            .Select(rule => $"| `{rule.Name}` | {(rule.DefaultSeverity == Severity.Deny ? "deny" : "warn")} | {rule.Summary} |\n")
            .Prepend("| Rule | Default | Finds |\n| --- | --- | --- |\n"));

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StsWebhook.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no folder above the tests contains StsWebhook.sln");
        }

        return folder.FullName;
    }
}
