using StsWebhook.Core.Policy;
using StsWebhook.Tests.Support;

namespace StsWebhook.Core.Tests.Policy.Rules;

/// <summary>The table of rules in docs/policy.md is generated from <see cref="Rule.All"/>.</summary>
public class RuleTableTests
{
    [Fact]
    public void Documentation_ListsTheRules() => GeneratedSection.Verify("docs/policy.md", "rules",
    [
        "| Rule | Default | Finds |",
        "| --- | --- | --- |",
        .. Rule.All.Select(rule => $"| `{rule.Name}` | {rule.DefaultSeverity.ToString().ToLowerInvariant()} | {rule.Summary} |"),
    ]);
}
