namespace StsWebhook.Audit;

/// <summary>The object to edit in order to change a pod: its workload, or the pod itself if it has no controller.</summary>
/// <param name="Kind">The owner's kind.</param>
/// <param name="Name">The owner's name.</param>
internal readonly record struct Owner(string Kind, string Name);
