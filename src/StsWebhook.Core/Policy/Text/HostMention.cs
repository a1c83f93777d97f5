namespace StsWebhook.Core.Policy.Text;

/// <summary>How a text names a host. Ordered: the later ones say more plainly that it is dialled.</summary>
internal enum HostMention
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By its bare name, with or without a port.</summary>
    Bare,

    /// <summary>As the host of a URL.</summary>
    Url,
}
