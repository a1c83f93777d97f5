using System.Text.Json;
using StsWebhook.Core.Admission;
using StsWebhook.Core.Injection;
using StsWebhook.Core.Json;
using StsWebhook.Core.Regions;
using StsWebhook.Manifests.Reading;

namespace StsWebhook.Manifests;

/// <summary>
/// Checks manifests as if all were applied to one cluster in which every namespace has opted in. Variables of pods read
/// the ConfigMaps among the manifests.
/// </summary>
/// <param name="settings">The review settings of the webhook to simulate.</param>
/// <param name="nodes">The cluster's nodes.</param>
/// <param name="readConfigMaps">Whether the webhook is set to read ConfigMaps.</param>
internal sealed class ManifestCheck(ReviewSettings settings, NodeTable nodes, bool readConfigMaps)
{
    private readonly ManifestReviewer reviewer = new(settings);
    private readonly ManifestConfigMaps configMaps = new();

    /// <summary>Checks all objects of all files. ConfigMaps are collected first, so their order does not matter.</summary>
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

        var outcome =
            parsed.Decide(new ClusterSnapshot(nodes) { ConfigMaps = configMaps.Lookup(manifest.File, parsed.ConfigMaps) });
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

    /// <summary>
    /// The webhook warns if a region cannot be determined. The check reports that once in its summary, so such a warning
    /// alone does not make an object "warned".
    /// </summary>
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

    /// <summary>
    /// Advice for the most common mistake: YAML reads an unquoted <c>yes</c> as a boolean and <c>1</c> as a number.
    /// </summary>
    private static string Hint(string problem) =>
        problem is "expected a string, found a boolean" or "expected a string, found a number" ? "; quote it" : string.Empty;
}
