namespace StsWebhook.Tests.Support;

/// <summary>A request that came to a stub.</summary>
internal sealed record StubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsWrite => Method is "POST" or "PATCH";

    public bool IsSecret => Path.Contains("/secrets", StringComparison.Ordinal);


    private static readonly string[] ObjectKinds = ["secrets", "mutatingwebhookconfigurations", "validatingwebhookconfigurations"];

    /// <summary>The path of the list of the kind, where it is one of which objects are written; else null.</summary>
    public string? ObjectKind =>
        Array.Exists(ObjectKinds, kind => Path.EndsWith("/" + kind, StringComparison.Ordinal)) ? Path
        : Array.Exists(ObjectKinds, kind => Path.Contains($"/{kind}/", StringComparison.Ordinal)) ? Path[..Path.LastIndexOf('/')]
        : null;

    /// <summary>The name of the object that is asked for, in the path or by a field selector; null for all of a kind.</summary>
    public string? ObjectName =>
        Query.GetValueOrDefault("fieldSelector") is { } selector ? selector["metadata.name=".Length..]
        : ObjectKind == Path ? null
        : Path[(Path.LastIndexOf('/') + 1)..];

    public bool IsWatch => Query.GetValueOrDefault("watch") == "true";

    /// <summary>A list of nodes, or a page of one.</summary>
    public bool IsNodeList => Path == "/api/v1/nodes" && !IsWatch;

    /// <summary>A list's first page: each list has one.</summary>
    public bool IsNewNodeList => IsNodeList && !Query.ContainsKey("continue");

    public bool IsNodeWatch => Path == "/api/v1/nodes" && IsWatch;
}
