namespace StsWebhook.Cluster;

/// <summary>A page of a list.</summary>
/// <param name="Items">What was made of its objects.</param>
/// <param name="Size">How many objects it has.</param>
/// <param name="Remaining">How many the server says are still to come; null where it does not say.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, int Size, int? Remaining)
{
    /// <summary>Whether the list begins, or begins anew: what came before no longer counts.</summary>
    public required bool IsFirst { get; init; }

    /// <summary>Whether nothing comes after it.</summary>
    public required bool IsLast { get; init; }
}
