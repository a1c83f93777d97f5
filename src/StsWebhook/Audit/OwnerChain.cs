namespace StsWebhook.Audit;

/// <summary>Finds what to edit: the Deployment behind the ReplicaSet of a pod, the CronJob behind its Job.</summary>
internal sealed class OwnerChain
{
    /// <summary>Steps enough for any real chain; two objects may name each other.</summary>
    private const int MaxSteps = 8;

    private readonly Dictionary<(string Namespace, Owner Of), Owner> controllers = [];

    /// <summary>Keeps what controls a workload.</summary>
    public void Add(string @namespace, Owner workload, Owner controller) => controllers[(@namespace, workload)] = controller;

    /// <summary>The end of the chain that begins with <paramref name="first"/>.</summary>
    public Owner RootOf(string @namespace, Owner first)
    {
        var owner = first;
        for (var i = 0; i < MaxSteps && controllers.TryGetValue((@namespace, owner), out var next); i++)
        {
            owner = next;
        }

        return owner;
    }
}
