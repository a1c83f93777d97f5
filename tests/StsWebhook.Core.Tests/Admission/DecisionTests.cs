using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;

namespace StsWebhook.Core.Tests.Admission;

public class DecisionTests
{
    private static readonly Finding Grave = new(GlobalEndpointRule.Instance, Severity.Deny, "f", null, "is bad", "mend it");
    private static readonly Finding Light = new(AmbiguousHostRule.Instance, Severity.Warn, "g", null, "is odd", "look at it");

    [Theory]
    [InlineData(Enforcement.Deny, true, true, AdmissionDecision.Denied, 1, 1)]
    [InlineData(Enforcement.Deny, false, true, AdmissionDecision.Warned, 0, 1)]
    [InlineData(Enforcement.Deny, false, false, AdmissionDecision.Patched, 0, 0)]
    [InlineData(Enforcement.Warn, true, true, AdmissionDecision.Warned, 0, 2)]
    [InlineData(Enforcement.Warn, true, false, AdmissionDecision.Warned, 0, 1)]
    [InlineData(Enforcement.Warn, false, false, AdmissionDecision.Patched, 0, 0)]
    [InlineData(Enforcement.Audit, true, true, AdmissionDecision.Patched, 0, 0)]
    [InlineData(Enforcement.Audit, false, false, AdmissionDecision.Patched, 0, 0)]
    public void Verdict_WithPatch_IsTheGravestThatFits(
        Enforcement enforcement, bool isGrave, bool isLight, AdmissionDecision verdict, int denials, int warnings)
    {
        var decision = Decide(enforcement, isGrave, isLight) with { BoundRegion = "us-east-2" };

        Assert.Equal(verdict, decision.Verdict);
        Assert.Equal(denials, decision.Denials.Count());
        Assert.Equal(warnings, decision.Warnings.Count);
        Assert.Equal(verdict != AdmissionDecision.Denied, decision.HasPatch);
    }

    [Theory]
    [InlineData(Enforcement.Deny, AdmissionDecision.Denied)]
    [InlineData(Enforcement.Warn, AdmissionDecision.Warned)]
    [InlineData(Enforcement.Audit, AdmissionDecision.Allowed)]
    public void Verdict_WithoutPatch_IsTheGravestThatFits(Enforcement enforcement, AdmissionDecision verdict) =>
        Assert.Equal(verdict, Decide(enforcement, isGrave: true, isLight: true).Verdict);

    [Theory]
    [InlineData(Enforcement.Deny)]
    [InlineData(Enforcement.Warn)]
    [InlineData(Enforcement.Audit)]
    public void Verdict_Refusal_DeniesWhateverTheEnforcement(Enforcement enforcement)
    {
        var decision = new Decision { Enforcement = enforcement, Refusal = new Rejection("no", "field", "is wrong", "drop it"), BoundRegion = "us-east-2" };

        Assert.Equal(AdmissionDecision.Denied, decision.Verdict);
        Assert.False(decision.HasPatch);
    }

    [Fact]
    public void Verdict_Ignored_WinsOverAll() => Assert.Equal(AdmissionDecision.Ignored, Decision.Ignored.Verdict);

    [Fact]
    public void Verdict_Note_Warns() => Assert.Equal(AdmissionDecision.Warned, new Decision { Notes = ["n"] }.Verdict);

    [Fact]
    public void Warnings_FindingsComeBeforeNotes() => Assert.Equal(
        ["f is bad; mend it (global-endpoint)", "g is odd; look at it (ambiguous-host)", "n"],
        (Decide(Enforcement.Warn, isGrave: true, isLight: true) with { Notes = ["n"] }).Warnings);

    private static Decision Decide(Enforcement enforcement, bool isGrave, bool isLight) => new()
    {
        Enforcement = enforcement,
        Findings = [.. isGrave ? [Grave] : Array.Empty<Finding>(), .. isLight ? [Light] : Array.Empty<Finding>()],
    };
}
