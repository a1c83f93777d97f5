namespace StsWebhook.Tests.Support;

/// <summary>A span as a collector gets it.</summary>
internal sealed record Span
{
    public string TraceId { get; init; } = string.Empty;

    public string SpanId { get; init; } = string.Empty;

    /// <summary>Empty for the root of a trace.</summary>
    public string ParentId { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    /// <summary>1 internal, 2 server, 3 client.</summary>
    public int Kind { get; init; }

    /// <summary>Nanoseconds since 1970.</summary>
    public ulong Start { get; init; }

    public ulong End { get; init; }

    /// <summary>0 unset, 1 sound, 2 error.</summary>
    public int Status { get; init; }

    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The attributes of the program that made it.</summary>
    public IReadOnlyDictionary<string, string> Resource { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
