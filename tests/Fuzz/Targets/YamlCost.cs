namespace StsWebhook.Fuzz.Targets;

/// <summary>The cost that YAML may have.</summary>
internal static class YamlCost
{
    /// <summary>
    /// YamlDotNet checks every open bracket again for each token: 46 blocks of code each. Up to 256 brackets are open, the depth
    /// limit of this project. That is the worst case, and only <c>check</c> reads YAML.
    /// </summary>
    public const int Factor = 10;
}
