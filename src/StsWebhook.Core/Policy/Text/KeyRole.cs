namespace StsWebhook.Core.Policy.Text;

/// <summary>What a key says of the host name behind it.</summary>
internal enum KeyRole
{
    /// <summary>Nothing: neither that it will be dialled nor that it is only a name.</summary>
    Unclear,

    /// <summary>The host will be dialled: endpoint, URL, host, address, server.</summary>
    Endpoint,

    /// <summary>The name is only a name: audience, client id, principal, service, event source, proxy exception.</summary>
    Audience,
}
