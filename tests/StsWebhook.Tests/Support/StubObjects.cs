using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace StsWebhook.Tests.Support;

/// <summary>
/// Objects of any kind that a <see cref="StubApiServer"/> serves, with versions, patches and watches like the API server's
/// (kubernetes.io/docs/reference/using-api/api-concepts). The path of its list identifies a kind.
/// </summary>
internal sealed class StubObjects
{
    private readonly Lock state = new();
    private readonly Dictionary<(string Kind, string Name), JsonObject> objects = [];
    private readonly List<(string Kind, string Name, Channel<WatchStep> Channel)> watches = [];
    private readonly List<(long Version, string Kind, string Name, string Line)> history = [];
    private long version = 5000;

    /// <summary>Called after each change, before any client can see the change.</summary>
    public Action Changed { get; set; } = () => { };

    public JsonObject? Find(string kind, string name)
    {
        lock (state)
        {
            return objects.GetValueOrDefault((kind, name))?.DeepClone().AsObject();
        }
    }

    /// <summary>Creates or replaces an object, as an administrator could.</summary>
    public void Put(string kind, string name, JsonObject json)
    {
        lock (state)
        {
            Store(kind, name, json, objects.ContainsKey((kind, name)) ? "MODIFIED" : "ADDED");
        }
    }

    public void Remove(string kind, string name)
    {
        lock (state)
        {
            objects.Remove((kind, name), out var json);
            json!["metadata"]!["resourceVersion"] = Text(++version);
            Tell(kind, name, "DELETED", json);
            Changed();
        }
    }

    /// <summary>Handles a POST: the status, and the object if it was created.</summary>
    public (int Status, JsonObject? Json) Create(string kind, string body)
    {
        lock (state)
        {
            var json = JsonNode.Parse(body)!.AsObject();
            var name = (string)json["metadata"]!["name"]!;
            if (objects.ContainsKey((kind, name)))
            {
                return (409, null);
            }

            return (201, Store(kind, name, json, "ADDED"));
        }
    }

    /// <summary>Handles a PATCH: the status, and the object if it was changed.</summary>
    public (int Status, JsonObject? Json) Patch(string kind, string name, string type, string body)
    {
        lock (state)
        {
            if (objects.GetValueOrDefault((kind, name)) is not { } found)
            {
                return (404, null);
            }

            var changed = found.DeepClone().AsObject();
            switch (type)
            {
                case "application/merge-patch+json":
                    Merge(changed, JsonNode.Parse(body)!.AsObject());
                    break;
                case "application/json-patch+json":
                    foreach (var operation in JsonNode.Parse(body)!.AsArray())
                    {
                        changed.With((string)operation!["path"]!, operation["value"]!.DeepClone());
                    }

                    break;
                default:
                    return (415, null);
            }

            if ((string?)changed["metadata"]!["resourceVersion"] != (string?)found["metadata"]!["resourceVersion"])
            {
                return (409, null);
            }

            return (200, Store(kind, name, changed, "MODIFIED"));
        }
    }

    /// <summary>A list with the object of this name, or an empty list.</summary>
    public string List(string kind, string name)
    {
        lock (state)
        {
            return new JsonObject
            {
                ["metadata"] = new JsonObject { ["resourceVersion"] = Text(version) },
                ["items"] = Find(kind, name) is { } json ? new JsonArray(json) : [],
            }.ToJsonString();
        }
    }

    /// <summary>A watch of the object of this name, after version <paramref name="from"/>.</summary>
    public Channel<WatchStep> Watch(string kind, string name, long from)
    {
        lock (state)
        {
            var channel = Channel.CreateUnbounded<WatchStep>();
            foreach (var (_, _, _, line) in history.Where(change => change.Version > from && change.Kind == kind && change.Name == name))
            {
                channel.Writer.TryWrite(new WatchStep.Line(line));
            }

            watches.Add((kind, name, channel));
            return channel;
        }
    }

    public void Close(Channel<WatchStep> watch)
    {
        lock (state)
        {
            watches.RemoveAll(w => w.Channel == watch);
        }
    }

    private JsonObject Store(string kind, string name, JsonObject json, string type)
    {
        json["metadata"]!["resourceVersion"] = Text(++version);
        objects[(kind, name)] = json;
        Tell(kind, name, type, json);
        Changed();
        return json.DeepClone().AsObject();
    }

    private void Tell(string kind, string name, string type, JsonObject json)
    {
        var line = StubCluster.Event(type, json);
        history.Add((version, kind, name, line));
        foreach (var watch in watches.Where(w => w.Kind == kind && w.Name == name))
        {
            watch.Channel.Writer.TryWrite(new WatchStep.Line(line));
        }
    }

    /// <summary>Applies a JSON Merge Patch (RFC 7396).</summary>
    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is JsonObject part && target[key] is JsonObject inner)
            {
                Merge(inner, part);
            }
            else if (value is null)
            {
                target.Remove(key);
            }
            else
            {
                target[key] = value.DeepClone();
            }
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
