namespace StsWebhook.Core.Policy.Text;

/// <summary>How a text mentions a host. Ordered: later values are stronger evidence that the host is called.</summary>
internal enum HostMention
{
    /// <summary>The text does not mention the host.</summary>
    None,

    /// <summary>The bare name, with or without a port.</summary>
    Bare,

    /// <summary>The host of a URL.</summary>
    Url,
}
