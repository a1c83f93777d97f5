using StsWebhook.Findings;

namespace StsWebhook.Audit;

/// <summary>Accumulates counts, findings and failures of audited objects. Used by one thread.</summary>
internal sealed class AuditAccumulator
{
    private readonly Dictionary<string, NamespaceCounts> namespaces = new(StringComparer.Ordinal);
    private readonly Dictionary<Key, OwnerFinding> findings = [];
    private readonly List<ReadFailure> unread = [];

    /// <summary>The counts by namespace name.</summary>
    public IReadOnlyDictionary<string, NamespaceCounts> Namespaces => namespaces;

    /// <summary>The findings, merged by owner.</summary>
    public IReadOnlyCollection<OwnerFinding> Findings => findings.Values;

    /// <summary>The objects that could not be reviewed.</summary>
    public IReadOnlyList<ReadFailure> Unread => unread;

    /// <summary>Adds one object.</summary>
    public void Add(AuditedResource resource, AuditedObject of)
    {
        if (of.Error is not null)
        {
            unread.Add(new ReadFailure(resource.Name, of.Namespace, of.Error));
            return;
        }

        Add(of.Namespace, NamespaceCounts.From(of));
        var isPod = of.Kind == "Pod";
        foreach (var finding in of.Findings)
        {
            Add(Key.Of(of, finding), new OwnerFinding(of.Namespace, of.Owner, finding, isPod ? 1 : 0, isPod ? of.Name : null));
        }
    }

    /// <summary>Adds everything that another accumulator holds.</summary>
    public void Add(AuditAccumulator other)
    {
        foreach (var (name, counts) in other.namespaces)
        {
            Add(name, counts);
        }

        foreach (var (key, finding) in other.findings)
        {
            Add(key, finding);
        }

        unread.AddRange(other.unread);
    }

    private void Add(string name, NamespaceCounts counts) =>
        namespaces[name] = namespaces.GetValueOrDefault(name, NamespaceCounts.None) + counts;

    private void Add(Key key, OwnerFinding finding) =>
        findings[key] = findings.TryGetValue(key, out var known) ? known.With(finding) : finding;

    /// <summary>Identifies findings that come from the same field of the same template.</summary>
    private readonly record struct Key(string Namespace, Owner Owner, FindingLevel Level, string Rule, string Place,
        string? Container)
    {
        public static Key Of(AuditedObject of, ObjectFinding finding) => new(
            of.Namespace,
            of.Owner,
            finding.Level,
            finding.Rule,
            finding.Field is not { } field ? finding.Message
                : field.StartsWith(of.PodPath, StringComparison.Ordinal) ? field[of.PodPath.Length..]
                : field,
            finding.Container);
    }
}
