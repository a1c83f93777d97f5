using System.Collections.Frozen;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Enums;
using StsWebhook.Core.Policy;

namespace StsWebhook.Http;

/// <summary>
/// The paths of the admission port. The enforcement is a segment of the path, because the API server does not allow a
/// query in a webhook's URL. The query <c>?timeout=10s</c>, which the API server appends, is not part of the path.
/// </summary>
internal static class AdmissionPath
{
    private static readonly FrozenDictionary<string, (Webhook Webhook, Enforcement? Enforcement)> Paths = All().ToFrozenDictionary(
        path => path.Enforcement is { } enforcement
            ? $"/{EnumWord.Format(path.Webhook)}/{EnumWord.Format(enforcement)}"
            : $"/{EnumWord.Format(path.Webhook)}",
        StringComparer.Ordinal);

    /// <summary>
    /// Returns the webhook and the enforcement that a path names; the enforcement is null for the configured one.
    /// </summary>
    public static bool TryParse(string? path, out Webhook webhook, out Enforcement? enforcement)
    {
        (Webhook Webhook, Enforcement? Enforcement) found = default;
        var isKnown = path is not null && Paths.TryGetValue(path, out found);
        (webhook, enforcement) = found;
        return isKnown;
    }

    /// <summary>Each webhook with the configured enforcement and with each other one; <c>bind</c> applies no policy.</summary>
    private static IEnumerable<(Webhook Webhook, Enforcement? Enforcement)> All() =>
        from webhook in Enum.GetValues<Webhook>()
        from enforcement in webhook == Webhook.Bind ? [null] : Enum.GetValues<Enforcement>().Select(e => (Enforcement?)e).Prepend(null)
        select (webhook, enforcement);
}
