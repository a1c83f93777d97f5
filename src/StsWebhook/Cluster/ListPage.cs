namespace StsWebhook.Cluster;

/// <summary>A page of a list.</summary>
/// <param name="Items">The objects that were kept, in the server's order.</param>
/// <param name="Size">The number of objects in the page, kept or not.</param>
/// <param name="Remaining">The number of objects after this page; null if the server does not say.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, int Size, int? Remaining)
{
    /// <summary>Whether the list starts or restarts here: earlier pages no longer count.</summary>
    public required bool IsFirst { get; init; }

    /// <summary>Whether this is the last page.</summary>
    public required bool IsLast { get; init; }

    /// <summary>The version of the list, from which a watch can start; null if the server does not say.</summary>
    public required string? ResourceVersion { get; init; }
}
