using StsWebhook.Core.Policy;
using StsWebhook.Core.Policy.Rules;

namespace StsWebhook.Core.Tests.Policy;

/// <summary>Every combination of enforcement and severity.</summary>
public sealed class EffectTableTests
{
    [Theory]
    [InlineData(Enforcement.Deny, Severity.Deny, Effect.Deny)]
    [InlineData(Enforcement.Deny, Severity.Warn, Effect.Warn)]
    [InlineData(Enforcement.Warn, Severity.Deny, Effect.Warn)]
    [InlineData(Enforcement.Warn, Severity.Warn, Effect.Warn)]
    [InlineData(Enforcement.Audit, Severity.Deny, Effect.AuditOnly)]
    [InlineData(Enforcement.Audit, Severity.Warn, Effect.AuditOnly)]
    public void EffectOf_ConfigurableRule_DependsOnEnforcementAndSeverity(Enforcement enforcement, Severity severity, Effect expected) =>
        Assert.Equal(expected, EffectTable.EffectOf(Of(GlobalEndpointRule.Instance, severity), enforcement));

    [Theory]
    [InlineData(Enforcement.Deny)]
    [InlineData(Enforcement.Warn)]
    [InlineData(Enforcement.Audit)]
    public void EffectOf_BuiltInRule_IsAlwaysDeny(Enforcement enforcement) =>
        Assert.Equal(Effect.Deny, EffectTable.EffectOf(Of(InvalidRegionRule.Instance, Severity.Deny), enforcement));

    private static Finding Of(Rule rule, Severity severity) => new(rule, severity, "spec", Container: null, "is wrong", "fix it");
}
