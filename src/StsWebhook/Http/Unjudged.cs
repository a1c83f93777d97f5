using StsWebhook.Core.Admission;

namespace StsWebhook.Http;

/// <summary>The reasons of the server for not judging a review: memory and time.</summary>
internal static class Unjudged
{
    /// <summary>The memory did not become free within the time in the queue.</summary>
    public static readonly UnjudgedReason Overloaded = new(
        "could not be evaluated by the policy, because sts-webhook has no free memory",
        "retry, or increase the memory or the replicas of sts-webhook");

    /// <summary>The body did not arrive before the webhook's timeout.</summary>
    public static readonly UnjudgedReason LateBody = new(
        "could not be evaluated by the policy, because its review did not arrive in time",
        "retry, and check the network between the API server and sts-webhook");

    /// <summary>The evaluation takes longer than the API server waits.</summary>
    public static readonly UnjudgedReason OutOfTime = new(
        "could not be evaluated by the policy within the timeout of the webhook",
        "retry, and make the object or the ConfigMaps that it reads smaller");

    /// <summary>The body is longer than the memory suffices for.</summary>
    public static UnjudgedReason TooLong(long length, int maxLength) => new(
        $"could not be evaluated by the policy, because its review has {length} bytes and sts-webhook has memory for {maxLength}",
        "make the object smaller, or increase reviewMemory");

    /// <summary>The containers need more memory than there is.</summary>
    public static UnjudgedReason TooManyContainers(int containers) => new(
        $"could not be evaluated by the policy, because sts-webhook has no memory for {containers} containers",
        "use fewer containers, or increase reviewMemory");
}
