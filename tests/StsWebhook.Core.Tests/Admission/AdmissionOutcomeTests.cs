using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;

namespace StsWebhook.Core.Tests.Admission;

public class AdmissionOutcomeTests
{
    private static readonly Finding Grave = new(GlobalEndpointRule.Instance, Severity.Deny, "f", null, "is bad", "fix it");
    private static readonly Finding Light = new(AmbiguousHostRule.Instance, Severity.Warn, "g", null, "is odd", "look at it");

    private static readonly Finding BuiltIn = new(InvalidRegionRule.Instance, Severity.Deny, "h", null, "is wrong", "drop it");

    [Theory]
    [InlineData(Enforcement.Deny, true, true, AdmissionDecision.Denied, 1, 1)]
    [InlineData(Enforcement.Deny, false, true, AdmissionDecision.Warned, 0, 1)]
    [InlineData(Enforcement.Deny, false, false, AdmissionDecision.Patched, 0, 0)]
    [InlineData(Enforcement.Warn, true, true, AdmissionDecision.Warned, 0, 2)]
    [InlineData(Enforcement.Warn, true, false, AdmissionDecision.Warned, 0, 1)]
    [InlineData(Enforcement.Warn, false, false, AdmissionDecision.Patched, 0, 0)]
    [InlineData(Enforcement.Audit, true, true, AdmissionDecision.Patched, 0, 0)]
    [InlineData(Enforcement.Audit, false, false, AdmissionDecision.Patched, 0, 0)]
    public void Decision_WithPatch_IsTheLastThatApplies(
        Enforcement enforcement, bool isGrave, bool isLight, AdmissionDecision expected, int denials, int warnings)
    {
        var outcome = Decide(enforcement, isGrave, isLight) with { BoundRegion = "us-east-2" };

        Assert.Equal(expected, outcome.Decision);
        Assert.Equal(denials, outcome.Denials.Count());
        Assert.Equal(warnings, outcome.Warnings.Count);
        Assert.Equal(expected != AdmissionDecision.Denied, outcome.HasPatch);
    }

    [Theory]
    [InlineData(Enforcement.Deny, AdmissionDecision.Denied)]
    [InlineData(Enforcement.Warn, AdmissionDecision.Warned)]
    [InlineData(Enforcement.Audit, AdmissionDecision.Allowed)]
    public void Decision_WithoutPatch_IsTheLastThatApplies(Enforcement enforcement, AdmissionDecision expected) =>
        Assert.Equal(expected, Decide(enforcement, isGrave: true, isLight: true).Decision);

    [Theory]
    [InlineData(Enforcement.Deny)]
    [InlineData(Enforcement.Warn)]
    [InlineData(Enforcement.Audit)]
    public void Decision_BuiltInRule_DeniesUnderEveryEnforcement(Enforcement enforcement)
    {
        var outcome = new AdmissionOutcome { Enforcement = enforcement, Findings = [BuiltIn, Light], BoundRegion = "us-east-2" };

        Assert.Equal(AdmissionDecision.Denied, outcome.Decision);
        Assert.False(outcome.HasPatch);
        Assert.Equal([BuiltIn], outcome.Denials);
        Assert.Equal([Light], outcome.PolicyFindings);
        Assert.Equal((BuiltIn, Effect.Deny), outcome.Effects.First());
    }

    [Fact]
    public void Decision_Ignored_IsTheOnlyOne() => Assert.Equal(AdmissionDecision.Ignored, AdmissionOutcome.Ignored.Decision);

    [Fact]
    public void Decision_Note_Warns() => Assert.Equal(AdmissionDecision.Warned, new AdmissionOutcome { Notes = ["n"] }.Decision);

    [Fact]
    public void Warnings_FindingsComeBeforeNotes() => Assert.Equal(
        ["f is bad; fix it (global-endpoint)", "g is odd; look at it (ambiguous-host)", "n"],
        (Decide(Enforcement.Warn, isGrave: true, isLight: true) with { Notes = ["n"] }).Warnings);

    private static AdmissionOutcome Decide(Enforcement enforcement, bool isGrave, bool isLight) => new()
    {
        Enforcement = enforcement,
        Findings = [.. isGrave ? [Grave] : Array.Empty<Finding>(), .. isLight ? [Light] : Array.Empty<Finding>()],
    };
}
