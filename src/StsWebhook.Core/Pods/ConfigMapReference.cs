namespace StsWebhook.Core.Pods;

/// <summary>Names a ConfigMap.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
public readonly record struct ConfigMapReference(string Namespace, string Name);
