namespace StsWebhook.Audit;

/// <summary>Finds the root owner of an object: the Deployment of a pod's ReplicaSet, the CronJob of its Job.</summary>
internal sealed class OwnerChain
{
    /// <summary>Longer than any real owner chain. Bounds cycles: two objects may name each other as owner.</summary>
    private const int MaxSteps = 8;

    private readonly Dictionary<(string Namespace, Owner Of), Owner> controllers = [];

    /// <summary>Records the controller of a workload.</summary>
    public void Add(string @namespace, Owner workload, Owner controller) => controllers[(@namespace, workload)] = controller;

    /// <summary>Follows the controllers from <paramref name="first"/> to the last known one.</summary>
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
