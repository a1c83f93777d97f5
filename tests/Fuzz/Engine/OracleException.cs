namespace StsWebhook.Fuzz.Engine;

/// <summary>The result for an input is wrong.</summary>
/// <param name="oracle">The violated condition, in a few words; failures of the same oracle count once.</param>
/// <param name="details">The actual value.</param>
internal sealed class OracleException(string oracle, string details) : Exception($"{oracle}: {details}")
{
    /// <summary>The condition that has to hold.</summary>
    public string Oracle { get; } = oracle;
}
