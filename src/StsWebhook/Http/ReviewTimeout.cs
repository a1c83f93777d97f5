using System.Globalization;

namespace StsWebhook.Http;

/// <summary>
/// How long the API server waits for an answer: <c>timeoutSeconds</c> of the webhook, which it appends to the URL as
/// <c>?timeout=10s</c> (k8s.io/apiserver, webhook dispatchers). The API server ignores a later answer.
/// </summary>
internal static class ReviewTimeout
{
    /// <summary>The timeout if the webhook configuration sets none (k8s.io/api/admissionregistration/v1).</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    private const string Prefix = "?timeout=";
    private const int MaxSeconds = 30;

    /// <summary>
    /// Parses the query of a request. Returns <see cref="Default"/> for a query that the API server cannot have sent: the
    /// API accepts 1 to 30 s.
    /// </summary>
    public static TimeSpan Parse(string? query) =>
        query is not null
        && query.StartsWith(Prefix, StringComparison.Ordinal)
        && query.EndsWith('s')
        && int.TryParse(query.AsSpan(Prefix.Length)[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds is > 0 and <= MaxSeconds
            ? TimeSpan.FromSeconds(seconds)
            : Default;

    /// <summary>
    /// How long a review may take, so that its answer arrives within the timeout: a fifth of it, at most half a second, remains
    /// for the network and for writing the answer.
    /// </summary>
    public static TimeSpan BeforeAnswer(TimeSpan timeout) =>
        timeout - TimeSpan.FromTicks(Math.Min(timeout.Ticks / 5, TimeSpan.FromMilliseconds(500).Ticks));
}
