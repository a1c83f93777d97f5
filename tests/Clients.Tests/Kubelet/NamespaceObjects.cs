namespace StsWebhook.Clients.Tests.Kubelet;

/// <summary>The data of the ConfigMaps and Secrets that a pod may refer to, by name and key.</summary>
internal sealed record NamespaceObjects(
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ConfigMaps,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Secrets);
