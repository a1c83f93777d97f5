namespace StsWebhook.Fuzz.Targets;

/// <summary>What YAML may cost.</summary>
internal static class YamlCost
{
    /// <summary>
    /// YamlDotNet looks at every bracket that is open once more for each token: 46 blocks of code each, and up to 256 are open,
    /// since deeper this project reads nothing. It is no worse than that, and only <c>check</c> reads YAML.
    /// </summary>
    public const int Factor = 10;
}
