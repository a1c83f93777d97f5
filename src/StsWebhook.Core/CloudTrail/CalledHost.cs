using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.CloudTrail;

/// <summary>The endpoint that a client addressed, by its host header. CloudTrail logs the header as the client sent it.</summary>
/// <param name="Evidence">The evidence for the global endpoint, if any.</param>
/// <param name="Region">The region in the host name if the global endpoint is served locally; otherwise null.</param>
internal readonly record struct CalledHost(GlobalEndpointEvidence Evidence, string? Region)
{
    private const string Local = "sts-global.";

    /// <summary>Parses the host header; null if the event has none.</summary>
    public static CalledHost Parse(string? header)
    {
        var host = header.AsSpan();
        if (host.IndexOf(':') is var port and >= 0)
        {
            host = host[..port];
        }

        host = host.TrimEnd('.');
        if (host.Equals(GlobalHost.Name, StringComparison.OrdinalIgnoreCase))
        {
            return new CalledHost(GlobalEndpointEvidence.GlobalHost, Region: null);
        }

        if (!host.StartsWith(Local, StringComparison.OrdinalIgnoreCase))
        {
            return default;
        }

        var rest = host[Local.Length..];
        return new CalledHost(
            GlobalEndpointEvidence.LocalHost,
            rest.IndexOf('.') is var end and > 0 ? rest[..end].ToString().ToLowerInvariant() : null);
    }
}
