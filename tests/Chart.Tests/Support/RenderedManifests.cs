using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>The objects of a chart or a file.</summary>
/// <param name="Documents">Each as JSON.</param>
internal sealed record RenderedManifests(IReadOnlyList<JsonObject> Documents)
{
    /// <summary>Kinds of custom resources, which have no model here; other tests validate them.</summary>
    private static readonly string[] CustomGroups = ["monitoring.coreos.com", "cert-manager.io"];

    public IEnumerable<JsonObject> CustomResources => Documents.Where(IsCustom);

    /// <summary>Parses YAML, and checks every built-in Kubernetes object with its model, which rejects unknown fields and wrong types.</summary>
    public static RenderedManifests Parse(string yaml)
    {
        var documents = YamlParser.Parse(yaml);
        foreach (var document in documents.Where(d => !IsCustom(d)))
        {
            var single = KubernetesYaml.LoadAllFromString(document.ToJsonString(), strict: true).Single();
            _ = single as IKubernetesObject ?? throw new InvalidOperationException($"no model for {document["kind"]}");
        }

        return new RenderedManifests(documents);
    }

    /// <summary>Returns all objects of a kind.</summary>
    public IEnumerable<T> All<T>()
        where T : IKubernetesObject =>
        Documents.Where(d => !IsCustom(d)).SelectMany(d => KubernetesYaml.LoadAllFromString(d.ToJsonString(), strict: true)).OfType<T>();

    /// <summary>Returns the only object of a kind that is not a hook.</summary>
    public T Only<T>()
        where T : IKubernetesObject<V1ObjectMeta> =>
        All<T>().Single(o => o.Metadata.Annotations is not { } annotations || !annotations.ContainsKey("helm.sh/hook"));

    private static bool IsCustom(JsonObject document) =>
        CustomGroups.Contains(((string)document["apiVersion"]!).Split('/')[0], StringComparer.Ordinal);
}
