using System.Globalization;
using System.Text.Json.Nodes;

namespace StsWebhook.Tests.Support;

/// <summary>
/// The paged lists of a <see cref="StubApiServer"/> that the audit reads, of the cluster and of its namespaces. As in the
/// real API, their items have neither kind nor apiVersion.
/// </summary>
internal sealed class StubLists
{
    private static readonly string[] Resources =
    [
        "namespaces", "pods", "configmaps", "replicationcontrollers", "podtemplates",
        "apps/deployments", "apps/statefulsets", "apps/daemonsets", "apps/replicasets", "batch/jobs", "batch/cronjobs",
    ];

    private readonly Dictionary<string, List<(string Namespace, string Name, Func<string> Json)>> lists =
        Resources.ToDictionary(resource => resource, _ => new List<(string, string, Func<string>)>(), StringComparer.Ordinal);

    /// <summary>Adds an object, without its kind and apiVersion.</summary>
    public void Put(JsonObject json)
    {
        var version = (string)json["apiVersion"]!;
        var resource = ((string)json["kind"]!).ToLowerInvariant() + "s";
        json = json.DeepClone().AsObject();
        json.Remove("apiVersion");
        json.Remove("kind");
        var text = json.ToJsonString();
        lists[version == "v1" ? resource : $"{version.Split('/')[0]}/{resource}"].Add(
            ((string?)json["metadata"]!["namespace"] ?? string.Empty, (string)json["metadata"]!["name"]!, () => text));
    }

    public void PutNamespace(string name, params (string Key, string Value)[] labels) => Put(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["labels"] = new JsonObject([.. labels.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)l.Value))]),
        },
    });

    /// <summary>Adds many objects, which are created on request.</summary>
    public void Fill(string resource, int count, Func<int, (string Namespace, string Name, Func<string> Json)> make) =>
        lists[resource].AddRange(Enumerable.Range(0, count).Select(make));

    public void Remove(string resource, string name) => lists[resource].RemoveAll(item => item.Name == name);

    /// <summary>The answer for a path, or null.</summary>
    public string? Find(StubRequest request) => request.Path.Split('/') switch
    {
        ["", "api", "v1", "namespaces", var name] => lists["namespaces"].Find(item => item.Name == name).Json?.Invoke(),
        ["", "api", "v1", var resource] => List(resource, @namespace: null, request),
        ["", "api", "v1", "namespaces", var @namespace, var resource] => List(resource, @namespace, request),
        ["", "apis", var group, "v1", var resource] => List($"{group}/{resource}", @namespace: null, request),
        ["", "apis", var group, "v1", "namespaces", var @namespace, var resource] => List($"{group}/{resource}", @namespace, request),
        _ => null,
    };

    private string? List(string resource, string? @namespace, StubRequest request)
    {
        if (!lists.TryGetValue(resource, out var all))
        {
            return null;
        }

        var wanted = @namespace is null ? all : all.FindAll(item => item.Namespace == @namespace);
        var limit = int.Parse(request.Query.GetValueOrDefault("limit", "1000000"), CultureInfo.InvariantCulture);
        var start = int.Parse(request.Query.GetValueOrDefault("continue", "0"), CultureInfo.InvariantCulture);
        var left = wanted.Count - start - limit;
        var more = left <= 0 ? string.Empty
            : string.Create(CultureInfo.InvariantCulture, $$""","continue":"{{start + limit}}","remainingItemCount":{{left}}""");
        var items = string.Join(',', wanted.Skip(start).Take(limit).Select(item => item.Json()));
        return $$"""{"kind":"List","apiVersion":"v1","metadata":{"resourceVersion":"1"{{more}}},"items":[{{items}}]}""";
    }
}
