using System.Text.Json.Nodes;
using StsWebhook.Fuzz.Engine;

namespace StsWebhook.Fuzz.Oracles;

/// <summary>Checks conditions of results.</summary>
internal static class Holds
{
    /// <summary>Throws <see cref="OracleException"/> if the condition is false.</summary>
    /// <param name="condition">Whether it holds.</param>
    /// <param name="oracle">The condition in words, the same for all inputs.</param>
    /// <param name="details">The actual value.</param>
    public static void That(bool condition, string oracle, Func<string> details)
    {
        if (!condition)
        {
            throw new OracleException(oracle, details());
        }
    }

    /// <inheritdoc cref="That(bool, string, Func{string})"/>
    public static void That(bool condition, string oracle, JsonNode details) => That(condition, oracle, () => details.ToJsonString());

    /// <summary>Throws <see cref="OracleException"/> if two texts differ.</summary>
    public static void Same(string expected, string actual, string oracle) =>
        That(expected == actual, oracle, () => $"expected {expected}, found {actual}");
}
