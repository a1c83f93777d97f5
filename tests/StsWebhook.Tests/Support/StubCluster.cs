using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace StsWebhook.Tests.Support;

/// <summary>The objects of a cluster that a <see cref="StubApiServer"/> serves, and their history.</summary>
internal sealed class StubCluster
{
    private readonly Lock state = new();
    private readonly SortedDictionary<string, JsonObject> nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Name), JsonObject> configMaps = [];
    private readonly List<(long Version, string Line)> history = [];
    private readonly List<Channel<WatchStep>> watches = [];
    private long version = 1000;
    private long oldest = 1000;

    /// <summary>Number of open watches.</summary>
    public int Watches
    {
        get
        {
            lock (state)
            {
                return watches.Count;
            }
        }
    }

    public string Version
    {
        get
        {
            lock (state)
            {
                return Text(version);
            }
        }
    }

    public static JsonObject Node(string name, string? region, params (string Key, string Value)[] labels)
    {
        var all = new JsonObject { ["kubernetes.io/hostname"] = name };
        if (region is not null)
        {
            all["topology.kubernetes.io/region"] = region;
        }

        foreach (var (key, value) in labels)
        {
            all[key] = value;
        }

        return new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = all },
            ["spec"] = new JsonObject(),
            ["status"] = new JsonObject { ["conditions"] = new JsonArray() },
        };
    }

    /// <summary>Adds or changes a node and notifies the watches.</summary>
    public void Put(JsonObject node)
    {
        lock (state)
        {
            var name = (string)node["metadata"]!["name"]!;
            var type = nodes.ContainsKey(name) ? "MODIFIED" : "ADDED";
            node["metadata"]!["resourceVersion"] = Text(++version);
            nodes[name] = node;
            Tell(type, node);
        }
    }

    /// <summary>Adds nodes without events.</summary>
    public void Seed(IEnumerable<JsonObject> seed)
    {
        foreach (var node in seed)
        {
            Put(node);
        }
    }

    /// <summary>Adds a node without an event, as if the event were delayed.</summary>
    public void PutUnseen(JsonObject node)
    {
        lock (state)
        {
            node["metadata"]!["resourceVersion"] = Text(++version);
            nodes[(string)node["metadata"]!["name"]!] = node;
        }
    }

    /// <summary>Updates the status of a node, as the kubelet does regularly.</summary>
    public void Heartbeat(string name)
    {
        JsonObject node;
        lock (state)
        {
            node = nodes[name].DeepClone().AsObject();
        }

        // With a different time each time, like the kubelet's; nothing reads it.
        node["status"]!["conditions"] = new JsonArray(
            new JsonObject { ["type"] = "Ready", ["status"] = "True", ["lastHeartbeatTime"] = Version });
        Put(node);
    }

    public void Remove(string name)
    {
        lock (state)
        {
            nodes.Remove(name, out var node);
            node!["metadata"]!["resourceVersion"] = Text(++version);
            Tell("DELETED", node);
        }
    }

    /// <summary>Increases the resource version without a change of nodes, as changes of other resources do, and notifies the watches.</summary>
    public void Bookmark()
    {
        lock (state)
        {
            version += 100;
            Send(new WatchStep.Line(Event("BOOKMARK", new JsonObject
            {
                ["kind"] = "Node",
                ["apiVersion"] = "v1",
                ["metadata"] = new JsonObject { ["resourceVersion"] = Text(version), ["creationTimestamp"] = null },
            })));
        }
    }

    /// <summary>Drops the history, as etcd's compaction does: a watch from an older version gets 410.</summary>
    public void Compact()
    {
        lock (state)
        {
            oldest = version;
            history.Clear();
        }
    }

    public void PutConfigMap(string @namespace, string name, JsonObject data, bool isImmutable = false)
    {
        var json = new JsonObject
        {
            ["kind"] = "ConfigMap",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace },
            ["data"] = data,
        };
        if (isImmutable)
        {
            json["immutable"] = true;
        }

        lock (state)
        {
            configMaps[(@namespace, name)] = json;
        }
    }

    /// <summary>Sends a step to every open watch.</summary>
    public void Send(WatchStep step)
    {
        lock (state)
        {
            foreach (var watch in watches)
            {
                watch.Writer.TryWrite(step);
            }
        }
    }

    /// <summary>Returns a page of nodes.</summary>
    public string List(int limit, string? token)
    {
        lock (state)
        {
            var start = token is null ? 0 : int.Parse(token, CultureInfo.InvariantCulture);
            var metadata = new JsonObject { ["resourceVersion"] = Text(version) };
            if (nodes.Count - start > limit)
            {
                metadata["continue"] = Text(start + limit);
                metadata["remainingItemCount"] = nodes.Count - start - limit;
            }

            return new JsonObject
            {
                ["kind"] = "NodeList",
                ["apiVersion"] = "v1",
                ["metadata"] = metadata,
                ["items"] = new JsonArray([.. nodes.Values.Skip(start).Take(limit).Select(node => node.DeepClone())]),
            }.ToJsonString();
        }
    }

    public string? FindNode(string name)
    {
        lock (state)
        {
            return nodes.GetValueOrDefault(name)?.ToJsonString();
        }
    }

    public string? FindConfigMap(string @namespace, string name)
    {
        lock (state)
        {
            return configMaps.GetValueOrDefault((@namespace, name))?.ToJsonString();
        }
    }

    /// <summary>Opens a watch after version <paramref name="from"/>; null if that version is too old.</summary>
    public Channel<WatchStep>? Watch(long from)
    {
        lock (state)
        {
            if (from < oldest)
            {
                return null;
            }

            var watch = Channel.CreateUnbounded<WatchStep>();
            foreach (var (_, line) in history.Where(change => change.Version > from))
            {
                watch.Writer.TryWrite(new WatchStep.Line(line));
            }

            watches.Add(watch);
            return watch;
        }
    }

    public void Close(Channel<WatchStep> watch)
    {
        lock (state)
        {
            watches.Remove(watch);
        }
    }

    public static string Event(string type, JsonObject json) =>
        new JsonObject { ["type"] = type, ["object"] = json.DeepClone() }.ToJsonString();

    private void Tell(string type, JsonObject node)
    {
        var line = Event(type, node);
        history.Add((version, line));
        Send(new WatchStep.Line(line));
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
