namespace StsWebhook.Output;

/// <summary>A column of a <see cref="TextTable{T}"/>.</summary>
/// <typeparam name="T">The type of the rows.</typeparam>
/// <param name="Title">The heading.</param>
/// <param name="Format">The text of a row. Control characters are removed when it is written.</param>
internal sealed record TableColumn<T>(string Title, Func<T, string> Format)
{
    /// <summary>Whether the texts are aligned at their ends, as numbers are.</summary>
    public bool IsRightAligned { get; init; }
}
