using System.Globalization;

namespace StsWebhook.Http;

/// <summary>
/// How long the API server waits for an answer: <c>timeoutSeconds</c> of the webhook, which it appends to the URL as
/// <c>?timeout=10s</c> (k8s.io/apiserver, webhook dispatchers). What comes later, nobody reads.
/// </summary>
internal static class ReviewTimeout
{
    /// <summary>What holds where a configuration names none (k8s.io/api/admissionregistration/v1).</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    private const string Prefix = "?timeout=";
    private const int MaxSeconds = 30;

    /// <summary>Reads the query of a request. The API accepts from 1 to 30 s; anything else is not from there.</summary>
    public static TimeSpan Parse(string? query) =>
        query is not null
        && query.StartsWith(Prefix, StringComparison.Ordinal)
        && query.EndsWith('s')
        && int.TryParse(query.AsSpan(Prefix.Length)[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and <= MaxSeconds
            ? TimeSpan.FromSeconds(seconds)
            : Default;
}
