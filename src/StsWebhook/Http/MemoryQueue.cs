using System.Net;
using System.Runtime.InteropServices;

namespace StsWebhook.Http;

/// <summary>
/// The queue of a <see cref="MemoryLimiter"/>. Next is the client address whose last grant is the longest ago, so that no
/// address delays the others by sending more requests; within an address, and without addresses, first in, first out.
/// Not safe for use by several threads: the limiter locks.
/// </summary>
internal sealed class MemoryQueue
{
    private readonly LinkedList<Waiter> waiters = [];

    /// <summary>The addresses that wait or hold memory. All others have not been granted anything lately.</summary>
    private readonly Dictionary<IPAddress, Turn> turns = [];

    private long grants;

    /// <summary>Whether the queue is empty.</summary>
    public bool IsEmpty => waiters.Count == 0;

    /// <summary>Adds a waiter.</summary>
    public LinkedListNode<Waiter> Add(Waiter waiter)
    {
        if (waiter.Client is { } client)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(turns, client, out _).Uses++;
        }

        return waiters.AddLast(waiter);
    }

    /// <summary>Removes a waiter that gives up.</summary>
    /// <returns>Whether the waiter was still in the queue; false if it was granted its memory.</returns>
    public bool TryRemove(LinkedListNode<Waiter> waiter)
    {
        if (waiter.List is null)
        {
            return false;
        }

        waiters.Remove(waiter);
        Forget(waiter.Value.Client);
        return true;
    }

    /// <summary>Removes the next waiter if its memory is free.</summary>
    /// <param name="free">The free memory in bytes.</param>
    /// <returns>The waiter; null if there is none, or the next one needs more memory.</returns>
    public Waiter? TryGrant(long free)
    {
        if (FindNext() is not { } next || next.Value.Amount > free)
        {
            return null;
        }

        waiters.Remove(next);
        if (next.Value.Client is { } client)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(turns, client, out _).LastGrant = ++grants;
        }

        return next.Value;
    }

    /// <summary>Notes a grant to a client that did not wait.</summary>
    public void NoteGrant(IPAddress? client)
    {
        if (client is not null)
        {
            ref var turn = ref CollectionsMarshal.GetValueRefOrAddDefault(turns, client, out _);
            turn.Uses++;
            turn.LastGrant = ++grants;
        }
    }

    /// <summary>Notes that a client returned the memory of one grant.</summary>
    public void NoteRelease(IPAddress? client) => Forget(client);

    private void Forget(IPAddress? client)
    {
        if (client is not null && --CollectionsMarshal.GetValueRefOrAddDefault(turns, client, out _).Uses <= 0)
        {
            turns.Remove(client);
        }
    }

    private LinkedListNode<Waiter>? FindNext()
    {
        var next = waiters.First;
        for (var waiter = next?.Next; waiter is not null; waiter = waiter.Next)
        {
            if (LastGrant(waiter) < LastGrant(next!))
            {
                next = waiter;
            }
        }

        return next;
    }

    private long LastGrant(LinkedListNode<Waiter> waiter) =>
        waiter.Value.Client is { } client ? turns.GetValueOrDefault(client).LastGrant : 0;

    /// <summary>One that waits for memory.</summary>
    /// <param name="Amount">The memory in bytes.</param>
    /// <param name="Client">The address of its client; null for none.</param>
    /// <param name="Granted">Completes when it has its memory.</param>
    internal sealed record Waiter(long Amount, IPAddress? Client, TaskCompletionSource Granted);

    /// <summary>When an address is next.</summary>
    /// <param name="Uses">How many waiters and leases the address has.</param>
    /// <param name="LastGrant">The number of its last grant; 0 for none.</param>
    [StructLayout(LayoutKind.Auto)]
    private record struct Turn(int Uses, long LastGrant);
}
