using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using StsWebhook.Telemetry;

namespace StsWebhook.Http;

/// <summary>
/// Limits the connections of a port so that clients that only hold connections cannot keep others out. Safe for use by
/// several threads.
/// </summary>
/// <remarks>
/// Kestrel's own limit closes the new connection: idle clients then keep the API server and the probes out. At the limit,
/// this tracker closes another connection instead, in this order:
/// <list type="number">
/// <item>One without a valid request, of the address with the most of them, the oldest first.</item>
/// <item>One of the address with the most connections: the idle one that was not used for the longest time; without idle
/// ones a request in progress, if the address of the new connection has fewer connections.</item>
/// </list>
/// If there is none, all connections are in use, and the new one is closed. Connections without a valid request are closed
/// after <see cref="ServerLimits.Unproven"/> in any case.
/// </remarks>
/// <param name="port">The port as a label of the metrics.</param>
/// <param name="limit">The maximum number of connections.</param>
/// <param name="metrics">Counts the closed connections.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionTracker(string port, long limit, ServerMetrics metrics, TimeProvider time)
{
    private readonly Lock state = new();
    private readonly LinkedList<TrackedConnection> open = [];
    private readonly Dictionary<IPAddress, TrackedConnection.ClientAddress> clients = [];

    /// <summary>Tracks a connection while the next middleware handles it.</summary>
    public async Task HandleAsync(ConnectionContext context, ConnectionDelegate next)
    {
        var address = (context.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        if (Add(context, address) is not { } added)
        {
            metrics.ConnectionClosed(port, ServerMetrics.Refused);
            context.Abort(new ConnectionAbortedException("all connections are in use"));
            return;
        }

        try
        {
            context.Features.Set(added.Value);

            // Kestrel calls this every second.
            context.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(CloseIfUnused, added);
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            Remove(added, address);
        }
    }

    /// <summary>Closes a connection that has had no valid request for too long.</summary>
    private void CloseIfUnused(object tracked)
    {
        var node = (LinkedListNode<TrackedConnection>)tracked;
        var connection = node.Value;
        if (connection.IsUnused && time.GetElapsedTime(connection.Accepted) >= ServerLimits.Unproven && TryDetach(node))
        {
            metrics.ConnectionClosed(port, ServerMetrics.Idle);
            connection.Abort("no valid request in time");
        }
    }

    private LinkedListNode<TrackedConnection>? Add(ConnectionContext context, IPAddress address)
    {
        LinkedListNode<TrackedConnection> added;
        LinkedListNode<TrackedConnection>? victim = null;
        lock (state)
        {
            if (!clients.TryGetValue(address, out var client))
            {
                client = new TrackedConnection.ClientAddress();
            }

            if (open.Count >= limit)
            {
                victim = FindUnproven() ?? FindLeastUsed(client);
                if (victim is null)
                {
                    return null;
                }

                open.Remove(victim);
            }

            client.Connections++;
            Interlocked.Increment(ref client.Unproven);
            clients[address] = client;
            added = open.AddLast(new TrackedConnection(context, client, time.GetTimestamp()));
        }

        if (victim is not null)
        {
            metrics.ConnectionClosed(port, ServerMetrics.Evicted);
            victim.Value.Abort("another client needs the connection");
        }

        return added;
    }

    private LinkedListNode<TrackedConnection>? FindUnproven()
    {
        LinkedListNode<TrackedConnection>? found = null;
        for (var node = open.First; node is not null; node = node.Next)
        {
            if (node.Value.IsUnused && (found is null || node.Value.Client.Unproven > found.Value.Client.Unproven))
            {
                found = node;
            }
        }

        return found;
    }

    private LinkedListNode<TrackedConnection>? FindLeastUsed(TrackedConnection.ClientAddress newcomer)
    {
        LinkedListNode<TrackedConnection>? found = null;
        for (var node = open.First; node is not null; node = node.Next)
        {
            // Otherwise two addresses would close the requests of each other in turns.
            var isCandidate = !node.Value.IsInRequest || node.Value.Client.Connections > newcomer.Connections + 1;
            if (isCandidate && (found is null || ClosesBefore(node.Value, found.Value)))
            {
                found = node;
            }
        }

        return found;
    }

    private static bool ClosesBefore(TrackedConnection one, TrackedConnection other) =>
        one.Client.Connections != other.Client.Connections ? one.Client.Connections > other.Client.Connections
        : one.IsInRequest != other.IsInRequest ? other.IsInRequest
        : one.LastUsed < other.LastUsed;

    private bool TryDetach(LinkedListNode<TrackedConnection> node)
    {
        lock (state)
        {
            if (node.List is null)
            {
                return false;
            }

            open.Remove(node);
            return true;
        }
    }

    private void Remove(LinkedListNode<TrackedConnection> node, IPAddress address)
    {
        var connection = node.Value;
        lock (state)
        {
            if (node.List is not null)
            {
                open.Remove(node);
            }

            // A connection that was closed counts for its address until it has ended.
            connection.End();
            if (--connection.Client.Connections == 0)
            {
                clients.Remove(address);
            }
        }
    }
}
