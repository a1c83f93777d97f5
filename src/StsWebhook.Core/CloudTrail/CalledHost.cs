using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.CloudTrail;

/// <summary>What the host that a client asked for says of the endpoint. It is logged as the client wrote it.</summary>
/// <param name="Sign">Whether, and how, it is the global endpoint.</param>
/// <param name="Region">The region that it names where the global endpoint is served locally; else null.</param>
internal readonly record struct CalledHost(GlobalEndpointEvidence Sign, string? Region)
{
    private const string Local = "sts-global.";

    /// <summary>Reads the host header; null is none.</summary>
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
