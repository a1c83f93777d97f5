namespace StsWebhook.Core.Json;

/// <summary>The first place where a document is not what its reader relies on.</summary>
/// <param name="Path">The field path.</param>
/// <param name="Problem">What was expected there and what was found, a clause that follows the path.</param>
internal sealed record ShapeMismatch(string Path, string Problem)
{
    /// <summary>Both in one line.</summary>
    public override string ToString() => $"{Path}: {Problem}";
}
