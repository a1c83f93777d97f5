using Microsoft.AspNetCore.Connections;

namespace StsWebhook.Http;

/// <summary>
/// A connection of a <see cref="ConnectionTracker"/>, and a feature of its requests. Safe for use by several threads: one
/// of them handles requests, and others read.
/// </summary>
/// <param name="context">The connection.</param>
/// <param name="client">The connections of the same address.</param>
/// <param name="accepted">The timestamp at which the connection was accepted.</param>
internal sealed class TrackedConnection(ConnectionContext context, TrackedConnection.ClientAddress client, long accepted)
{
    private long lastUsed = accepted;
    private volatile bool isInRequest;
    private int isProven;

    /// <summary>The connections of the same address.</summary>
    public ClientAddress Client => client;

    /// <summary>The timestamp at which the connection was accepted.</summary>
    public long Accepted { get; } = accepted;

    /// <summary>
    /// The timestamp at which the last request began or ended; without a request, the same as <see cref="Accepted"/>.
    /// </summary>
    public long LastUsed => Volatile.Read(ref lastUsed);

    /// <summary>Whether a request is in progress.</summary>
    public bool IsInRequest => isInRequest;

    /// <summary>Whether the client has sent a valid request: a review, or a request for a probe or for metrics.</summary>
    public bool IsProven => Volatile.Read(ref isProven) != 0;

    /// <summary>Whether the connection has had no valid request, and none is in progress.</summary>
    public bool IsUnused => !IsProven && !IsInRequest;

    /// <summary>Notes that the headers of a request have arrived.</summary>
    public void StartRequest(long now)
    {
        Volatile.Write(ref lastUsed, now);
        isInRequest = true;
    }

    /// <summary>Notes that a request has ended.</summary>
    public void EndRequest(long now)
    {
        Volatile.Write(ref lastUsed, now);
        isInRequest = false;
    }

    /// <summary>Notes that the request is valid.</summary>
    public void Prove()
    {
        if (Volatile.Read(ref isProven) == 0 && Interlocked.Exchange(ref isProven, 1) == 0)
        {
            Interlocked.Decrement(ref client.Unproven);
        }
    }

    /// <summary>Notes that the connection has ended.</summary>
    public void End() => Prove();

    /// <summary>Closes the connection, also while a request is in progress.</summary>
    public void Abort(string reason) => context.Abort(new ConnectionAbortedException(reason));

    /// <summary>How many connections an address has.</summary>
    internal sealed class ClientAddress
    {
        /// <summary>All connections. Only the tracker changes it.</summary>
        public int Connections;

        /// <summary>The connections without a valid request. Change it with <see cref="Interlocked"/>.</summary>
        public int Unproven;
    }
}
