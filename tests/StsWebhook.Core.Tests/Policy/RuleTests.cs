using StsWebhook.Core.Policy;

namespace StsWebhook.Core.Tests.Policy;

public class RuleTests
{
    /// <summary>It follows a field, and a remedy follows it.</summary>
    [Fact]
    public void Message_OfEveryRule_IsAClause() =>
        Assert.All(Rule.All, rule => Assert.Matches(@"^(sends|asks|names|is|takes|chooses) \w[^.;]*( [^;]+)?$", rule.Message));
}
