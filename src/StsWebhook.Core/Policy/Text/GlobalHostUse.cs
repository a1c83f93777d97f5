namespace StsWebhook.Core.Policy.Text;

/// <summary>How a text names the global STS host.</summary>
internal enum GlobalHostUse
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By its bare name, with or without a port.</summary>
    Bare,

    /// <summary>As the host of a URL.</summary>
    Url,
}
