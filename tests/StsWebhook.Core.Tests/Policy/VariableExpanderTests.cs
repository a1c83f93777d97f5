using StsWebhook.Core.Pods;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;

namespace StsWebhook.Core.Tests.Policy;

public class VariableExpanderTests
{
    /// <summary>From the table of the kubelet's own tests (third_party/forked/golang/expander/expand_test.go).</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("$(VAR_A)", "A")]
    [InlineData("___$(VAR_B)___", "___B___")]
    [InlineData("$(VAR_A)$(VAR_B)", "AB")]
    [InlineData("$$(VAR_B)_$(VAR_A)", "$(VAR_B)_A")]
    [InlineData("$$$(VAR_A)", "$A")]
    [InlineData("$$$$(VAR_A)", "$$(VAR_A)")]
    [InlineData("$(VAR_REF)", "$(VAR_A)")]
    [InlineData("$(VAR_EMPTY)|", "|")]
    [InlineData("$(VAR_DNE)", "$(VAR_DNE)")]
    [InlineData("foo$(VAR_DNE)bar", "foo$(VAR_DNE)bar")]
    [InlineData("$VAR_A", "$VAR_A")]
    [InlineData("${VAR_A}", "${VAR_A}")]
    [InlineData("$(VAR_A", "$(VAR_A")]
    [InlineData("$()", "$()")]
    [InlineData("$", "$")]
    [InlineData("$$", "$")]
    [InlineData("foo$$", "foo$")]
    [InlineData("--x=$(VAR_A) $(", "--x=A $(")]
    [InlineData("$( VAR_A)", "$( VAR_A)")]
    [InlineData("$($(VAR_A))", "$($(VAR_A))")]
    [InlineData(") $(VAR_A", ") $(VAR_A")]
    public void Expand_AsTheKubelet(string text, string expanded)
    {
        var expander = new VariableExpander(new PodValueResolver(default, ConfigMapView.None, RuleSet.Default));
        expander.Set("VAR_A", "A");
        expander.Set("VAR_B", "B");
        expander.Set("VAR_REF", "$(VAR_A)");
        expander.Set("VAR_EMPTY", string.Empty);

        Assert.Equal(expanded, expander.Expand(text));
    }

    [Fact]
    public void Expand_VariableThatIsUnset_StaysAsWritten()
    {
        var expander = new VariableExpander(new PodValueResolver(default, ConfigMapView.None, RuleSet.Default));
        expander.Set("A", "1");
        expander.Unset("A");

        Assert.Equal("$(A)", expander.Expand("$(A)"));
    }

    [Fact]
    public void Expand_VariablesThatDoubleOneAnother_StopGrowing()
    {
        var expander = new VariableExpander(new PodValueResolver(default, ConfigMapView.None, RuleSet.Default));
        var value = "x";
        var longest = 0;
        for (var i = 0; i < 64; i++)
        {
            expander.Set("V", value);
            value = expander.Expand("$(V)$(V)");
            longest = Math.Max(longest, value.Length);
        }

        Assert.InRange(longest, 1024, 2 * 1024 * 1024);
    }
}
