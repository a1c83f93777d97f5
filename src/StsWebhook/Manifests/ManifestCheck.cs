using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Json;
using StsWebhook.Core.Regions;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>
/// Checks manifests as if all were applied to one cluster whose namespaces have all opted in: a ConfigMap anywhere
/// among them is what variables of pods read.
/// </summary>
/// <param name="settings">What the webhook would go by.</param>
/// <param name="nodes">The cluster's nodes.</param>
/// <param name="readConfigMaps">Whether the webhook would read ConfigMaps.</param>
internal sealed class ManifestCheck(ReviewSettings settings, NodeTable nodes, bool readConfigMaps)
{
    private readonly ManifestReviewer reviewer = new(settings);
    private readonly ManifestConfigMaps configMaps = new();

    /// <summary>Checks files.</summary>
    public CheckReport Check(IReadOnlyList<ManifestFile> files)
    {
        var errors = new List<ManifestError>();
        var objects = new List<ManifestObject>();
        foreach (var file in files)
        {
            objects.AddRange(ManifestObject.In(file, errors));
            if (file.Error is not null)
            {
                errors.Add(file.Error);
            }
        }

        if (readConfigMaps)
        {
            Collect(objects);
        }

        var verdicts = new List<CheckedObject>(objects.Count);
        foreach (var manifest in objects)
        {
            if (Check(manifest, errors) is { } verdict)
            {
                verdicts.Add(verdict);
            }
        }

        return new CheckReport(files, verdicts, errors);
    }

    private void Collect(IEnumerable<ManifestObject> objects)
    {
        foreach (var manifest in objects.Where(o => o.Node.Text("kind") == "ConfigMap"))
        {
            using var document = JsonOf(manifest.Node);
            if (reviewer.TryParse(document.RootElement, out var parsed, out _) && parsed.AsConfigMap is { } configMap)
            {
                configMaps.Add(manifest.File, configMap.Reference, configMap.Data);
            }
        }
    }

    private CheckedObject? Check(ManifestObject manifest, List<ManifestError> errors)
    {
        using var document = JsonOf(manifest.Node);
        if (!reviewer.TryParse(document.RootElement, out var parsed, out var error))
        {
            errors.Add(new ManifestError(
                manifest.File, new FieldLocator(manifest.Node).LineOf(error.Path), $"{error}{Hint(error.Problem)}"));
            return null;
        }

        var outcome = parsed.Decide(new ClusterSnapshot(nodes) { ConfigMaps = configMaps.Lookup(manifest.File, parsed.ConfigMaps) });
        var identity = parsed.Identity;
        var findings = FileFinding.From(outcome, manifest).OrderBy(finding => finding.Line).ToArray();
        return new CheckedObject(manifest, identity.Kind, identity.Namespace, identity.Name)
        {
            Decision = DecisionFor(outcome, findings),
            Findings = findings,
            Region = outcome.Region,
            Containers = outcome.IsDenied ? [] : [.. outcome.Injection.Outcomes],
            PodPath = identity.PodPath?.Split('.', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Patch = outcome.HasPatch ? PatchOf(outcome.Injection) : default,
        };
    }

    /// <summary>The webhook warns of a region that nothing tells; a finding that is no finding here is no warning.</summary>
    private static AdmissionDecision DecisionFor(AdmissionOutcome outcome, FileFinding[] findings) =>
        outcome.Decision != AdmissionDecision.Warned || findings.Length > 0 ? outcome.Decision
        : outcome.HasPatch ? AdmissionDecision.Patched
        : AdmissionDecision.Allowed;

    private static JsonDocument JsonOf(MappingNode node)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            node.WriteTo(json);
        }

        return JsonDocument.Parse(buffer.ToArray(), new JsonDocumentOptions { MaxDepth = JsonInput.MaxDepth });
    }

    private static ReadOnlyMemory<byte> PatchOf(InjectionPlan plan)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            plan.WritePatch(json);
        }

        return buffer.ToArray();
    }

    /// <summary>The commonest mistake of all: YAML takes <c>yes</c> and <c>1</c> for something else than a text.</summary>
    private static string Hint(string problem) =>
        problem is "expected a string, found a boolean" or "expected a string, found a number" ? "; quote it" : string.Empty;
}
