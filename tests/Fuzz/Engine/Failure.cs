using System.Diagnostics;

namespace StsWebhook.Fuzz.Engine;

/// <summary>An input that fails.</summary>
/// <param name="Input">The input.</param>
/// <param name="Cause">Identifies the failure: the oracle, or the exception and the method that threw it.</param>
/// <param name="Details">The whole exception.</param>
internal sealed record Failure(byte[] Input, string Cause, string Details)
{
    /// <summary>Creates a failure from an exception.</summary>
    public static Failure Of(byte[] input, Exception exception) => new(
        input,
        exception is OracleException oracle ? oracle.Oracle : $"{exception.GetType().Name} in {Place(exception)}",
        exception.ToString());

    /// <summary>The innermost method of this project: an exception of the base library is a defect of its caller.</summary>
    private static string Place(Exception exception)
    {
        var methods = new StackTrace(exception).GetFrames().Select(frame => frame.GetMethod()).ToArray();
        var own = Array.Find(methods, m => m?.DeclaringType?.FullName?.StartsWith("StsWebhook.", StringComparison.Ordinal) == true);
        return (own ?? methods.FirstOrDefault()) is { } method ? $"{method.DeclaringType?.Name}.{method.Name}" : "unknown code";
    }
}
