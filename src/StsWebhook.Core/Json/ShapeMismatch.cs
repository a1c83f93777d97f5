namespace StsWebhook.Core.Json;

/// <summary>The first field of a document whose type differs from the expected one.</summary>
/// <param name="Path">The field path.</param>
/// <param name="Problem">The expected and the actual type, as <c>expected a string, found a number</c>.</param>
public sealed record ShapeMismatch(string Path, string Problem)
{
    /// <summary>Path and problem in one line.</summary>
    public override string ToString() => $"{Path}: {Problem}";
}
