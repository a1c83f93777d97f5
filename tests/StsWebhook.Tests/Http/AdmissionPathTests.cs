using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;
using StsWebhook.Http;
using Xunit;

namespace StsWebhook.Tests.Http;

public sealed class AdmissionPathTests
{
    [Theory]
    [InlineData("/mutate", Webhook.Mutate, null)]
    [InlineData("/mutate/deny", Webhook.Mutate, Enforcement.Deny)]
    [InlineData("/mutate/warn", Webhook.Mutate, Enforcement.Warn)]
    [InlineData("/mutate/audit", Webhook.Mutate, Enforcement.Audit)]
    [InlineData("/validate", Webhook.Validate, null)]
    [InlineData("/validate/deny", Webhook.Validate, Enforcement.Deny)]
    [InlineData("/validate/warn", Webhook.Validate, Enforcement.Warn)]
    [InlineData("/validate/audit", Webhook.Validate, Enforcement.Audit)]
    [InlineData("/bind", Webhook.Bind, null)]
    public void TryParse_KnownPath_NamesWebhookAndEnforcement(string path, Webhook webhook, Enforcement? enforcement)
    {
        Assert.True(AdmissionPath.TryParse(path, out var foundWebhook, out var foundEnforcement));
        Assert.Equal(webhook, foundWebhook);
        Assert.Equal(enforcement, foundEnforcement);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("mutate")]
    [InlineData("/MUTATE")]
    [InlineData("/mutate/")]
    [InlineData("/mutate/off")]
    [InlineData("/mutate/deny/x")]
    [InlineData("/bind/deny")]
    [InlineData("//mutate")]
    public void TryParse_AnythingElse_IsNone(string? path) => Assert.False(AdmissionPath.TryParse(path, out _, out _));
}
