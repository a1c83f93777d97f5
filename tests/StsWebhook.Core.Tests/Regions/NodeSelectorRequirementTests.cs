using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Tests.Regions;

public class NodeSelectorRequirementTests
{
    [Theory]
    [InlineData("In", "a", true, "a", "b")]
    [InlineData("In", "c", false, "a", "b")]
    [InlineData("In", "A", false, "a")]
    [InlineData("In", null, false, "a")]
    [InlineData("In", "a", false)]
    [InlineData("NotIn", "a", false, "a", "b")]
    [InlineData("NotIn", "c", true, "a", "b")]
    [InlineData("NotIn", null, true, "a")]
    [InlineData("Exists", "", true)]
    [InlineData("Exists", null, false)]
    [InlineData("DoesNotExist", "", false)]
    [InlineData("DoesNotExist", null, true)]
    [InlineData("Gt", "5", true, "4")]
    [InlineData("Gt", "4", false, "4")]
    [InlineData("Gt", "10", true, "9")]
    [InlineData("Gt", "-1", true, "-2")]
    [InlineData("Gt", null, false, "4")]
    [InlineData("Gt", "five", false, "4")]
    [InlineData("Gt", "5", false, "four")]
    [InlineData("Gt", "5", false, "3", "4")]
    [InlineData("Gt", " 5", false, "4")]
    [InlineData("Lt", "3", true, "4")]
    [InlineData("Lt", "4", false, "4")]
    [InlineData("Lt", "9", true, "10")]
    [InlineData("Lt", null, false, "4")]
    [InlineData("in", "a", false, "a")]
    [InlineData("", "a", false, "a")]
    public void Admits_Value_AsTheSchedulerJudges(string @operator, string? actual, bool isAdmitted, params string[] values) =>
        Assert.Equal(isAdmitted, new NodeSelectorRequirement("k", @operator, values).Matches(actual));
}
