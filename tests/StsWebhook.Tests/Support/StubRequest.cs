namespace StsWebhook.Tests.Support;

/// <summary>A request to a stub.</summary>
internal sealed record StubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsWrite => Method is "POST" or "PATCH";

    public bool IsSecret => Path.Contains("/secrets", StringComparison.Ordinal);


    private static readonly string[] ObjectKinds = ["secrets", "mutatingwebhookconfigurations", "validatingwebhookconfigurations"];

    /// <summary>The path of the kind's list if the program writes objects of the kind; otherwise null.</summary>
    public string? ObjectKind =>
        Array.Exists(ObjectKinds, kind => Path.EndsWith("/" + kind, StringComparison.Ordinal)) ? Path
        : Array.Exists(ObjectKinds, kind => Path.Contains($"/{kind}/", StringComparison.Ordinal)) ? Path[..Path.LastIndexOf('/')]
        : null;

    /// <summary>The name of the requested object, from the path or a field selector; null for all objects of a kind.</summary>
    public string? ObjectName =>
        Query.GetValueOrDefault("fieldSelector") is { } selector ? selector["metadata.name=".Length..]
        : ObjectKind == Path ? null
        : Path[(Path.LastIndexOf('/') + 1)..];

    public bool IsWatch => Query.GetValueOrDefault("watch") == "true";

    /// <summary>A list of nodes, or a page of one.</summary>
    public bool IsNodeList => Path == "/api/v1/nodes" && !IsWatch;

    /// <summary>Whether this is the first page of a list.</summary>
    public bool IsNewNodeList => IsNodeList && !Query.ContainsKey("continue");

    public bool IsNodeWatch => Path == "/api/v1/nodes" && IsWatch;
}
