namespace StsWebhook.Tests.Support;

/// <summary>A request that came to a stub.</summary>
internal sealed record StubRequest(string Method, string Path, IReadOnlyDictionary<string, string> Query, IReadOnlyDictionary<string, string> Headers)
{
    public bool IsWatch => Query.GetValueOrDefault("watch") == "true";

    /// <summary>A list of nodes, or a page of one.</summary>
    public bool IsNodeList => Path == "/api/v1/nodes" && !IsWatch;

    /// <summary>A list's first page: each list has one.</summary>
    public bool IsNewNodeList => IsNodeList && !Query.ContainsKey("continue");

    public bool IsNodeWatch => Path == "/api/v1/nodes" && IsWatch;
}
