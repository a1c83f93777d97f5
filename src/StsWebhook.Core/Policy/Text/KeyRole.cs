namespace StsWebhook.Core.Policy.Text;

/// <summary>What a key says about a host name in its value.</summary>
internal enum KeyRole
{
    /// <summary>The key says neither that the host is called nor that the name is only an identifier.</summary>
    Unclear,

    /// <summary>The host is called: endpoint, URL, host, address, server.</summary>
    Endpoint,

    /// <summary>The name is only an identifier: audience, client id, principal, service, event source, proxy exception.</summary>
    Audience,
}
