using StsWebhook.Core.Admission;
using StsWebhook.Core.Policy;

namespace StsWebhook.Http;

/// <summary>
/// The paths of the admission port. The enforcement is a segment of the path, because the API server does not allow a
/// query in a webhook's URL. The query <c>?timeout=10s</c>, which the API server appends, is not part of the path.
/// </summary>
internal static class AdmissionPath
{
    /// <summary>
    /// Returns the webhook and the enforcement that a path names; the enforcement is null for the configured one.
    /// </summary>
    public static bool TryParse(string? path, out Webhook webhook, out Enforcement? enforcement)
    {
        Enforcement? mode = null;
        (Webhook Webhook, Enforcement? Enforcement)? found = path switch
        {
            "/mutate" => (Webhook.Mutate, mode),
            "/mutate/deny" => (Webhook.Mutate, Enforcement.Deny),
            "/mutate/warn" => (Webhook.Mutate, Enforcement.Warn),
            "/mutate/audit" => (Webhook.Mutate, Enforcement.Audit),
            "/validate" => (Webhook.Validate, mode),
            "/validate/deny" => (Webhook.Validate, Enforcement.Deny),
            "/validate/warn" => (Webhook.Validate, Enforcement.Warn),
            "/validate/audit" => (Webhook.Validate, Enforcement.Audit),
            "/bind" => (Webhook.Bind, mode),
            _ => null,
        };
        (webhook, enforcement) = found.GetValueOrDefault();
        return found is not null;
    }
}
