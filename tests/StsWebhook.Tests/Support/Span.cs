namespace StsWebhook.Tests.Support;

/// <summary>A span that a collector received.</summary>
internal sealed record Span
{
    public string TraceId { get; init; } = string.Empty;

    public string SpanId { get; init; } = string.Empty;

    /// <summary>Empty for the root of a trace.</summary>
    public string ParentId { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    /// <summary>1 internal, 2 server, 3 client.</summary>
    public int Kind { get; init; }

    /// <summary>Nanoseconds since 1970-01-01.</summary>
    public ulong Start { get; init; }

    public ulong End { get; init; }

    /// <summary>The status: 0 unset, 1 OK, 2 error.</summary>
    public int Status { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The attributes of the resource.</summary>
    public IReadOnlyDictionary<string, string> Resource { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
