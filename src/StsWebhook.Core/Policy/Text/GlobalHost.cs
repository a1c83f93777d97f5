namespace StsWebhook.Core.Policy.Text;

/// <summary>Finds the global STS host in texts.</summary>
internal static class GlobalHost
{
    /// <summary>
    /// The host of the global endpoint, which is served in us-east-1 (docs.aws.amazon.com/general/latest/gr/sts.html).
    /// </summary>
    public const string Name = "sts.amazonaws.com";

    /// <summary>A URL of the host.</summary>
    public const string Url = "https://" + Name;

    /// <summary>The strongest mention of the host in a normalised text.</summary>
    public static HostMention FindIn(ReadOnlySpan<char> text)
    {
        var strongest = HostMention.None;
        var from = 0;
        while (text[from..].IndexOf(Name, StringComparison.OrdinalIgnoreCase) is var offset and >= 0)
        {
            var start = from + offset;
            from = start + Name.Length;
            var mention = HostReference.Classify(text, start, from);
            strongest = mention > strongest ? mention : strongest;
        }

        return strongest;
    }
}
