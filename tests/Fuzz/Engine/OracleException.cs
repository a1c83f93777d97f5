namespace StsWebhook.Fuzz.Engine;

/// <summary>What the code made of an input is wrong.</summary>
/// <param name="oracle">What should hold, in a few words; failures of one oracle are one failure.</param>
/// <param name="details">How it does not.</param>
internal sealed class OracleException(string oracle, string details) : Exception($"{oracle}: {details}")
{
    /// <summary>What should hold.</summary>
    public string Oracle { get; } = oracle;
}
