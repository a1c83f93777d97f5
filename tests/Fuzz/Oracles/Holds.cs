using System.Text.Json.Nodes;
using StsWebhook.Fuzz.Engine;

namespace StsWebhook.Fuzz.Oracles;

/// <summary>Says what must hold.</summary>
internal static class Holds
{
    /// <summary>Throws where something does not hold.</summary>
    /// <param name="condition">Whether it holds.</param>
    /// <param name="oracle">What should hold, the same words for all inputs.</param>
    /// <param name="details">What is instead.</param>
    public static void That(bool condition, string oracle, Func<string> details)
    {
        if (!condition)
        {
            throw new OracleException(oracle, details());
        }
    }

    /// <inheritdoc cref="That(bool, string, Func{string})"/>
    public static void That(bool condition, string oracle, JsonNode details) => That(condition, oracle, () => details.ToJsonString());

    /// <summary>Throws where two texts differ.</summary>
    public static void Same(string expected, string actual, string oracle) =>
        That(expected == actual, oracle, () => $"expected {expected}, found {actual}");
}
