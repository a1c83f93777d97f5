using System.Diagnostics.CodeAnalysis;
using StsWebhook.Core.Pods;
using StsWebhook.Core.Regions;

namespace StsWebhook.Core.Injection;

/// <summary>A variable to inject beside the three: its name, and a value that may refer to the pod's region.</summary>
public sealed class ExtraVariable
{
    private const string RegionPlaceholder = "{region}";
    private const string PartitionPlaceholder = "{partition}";
    private const string DnsSuffixPlaceholder = "{dnsSuffix}";

    private static readonly string[] Placeholders = [RegionPlaceholder, PartitionPlaceholder, DnsSuffixPlaceholder];

    private readonly string template;

    private ExtraVariable(string name, string template)
    {
        Name = name;
        this.template = template;
        NeedsRegion = Array.Exists(Placeholders, p => template.Contains(p, StringComparison.Ordinal));
    }

    /// <summary>The variable's name.</summary>
    public string Name { get; }

    /// <summary>Whether the value depends on the region.</summary>
    public bool NeedsRegion { get; }

    /// <summary>Creates an extra variable.</summary>
    /// <param name="name">A C identifier, except the three variables that the webhook injects by itself.</param>
    /// <param name="template">The value; <c>{region}</c>, <c>{partition}</c> and <c>{dnsSuffix}</c> are replaced.</param>
    /// <param name="variable">The variable; null if name or value are not allowed.</param>
    /// <param name="error">What is allowed; null if there is no error.</param>
    public static bool TryCreate(
        string name,
        string template,
        [NotNullWhen(true)] out ExtraVariable? variable,
        [NotNullWhen(false)] out string? error)
    {
        variable = null;
        error = !IsName(name) ? "a name of letters, digits and underscores that does not begin with a digit"
            : Variables.Injected.Contains(name) ? "a name other than those that the webhook injects by itself"
            : template.Length == 0 ? "a value that is not empty"
            : HasUnknownPlaceholder(template) ? $"no placeholders except {string.Join(", ", Placeholders)}"
            : null;
        if (error is not null)
        {
            return false;
        }

        variable = new ExtraVariable(name, template);
        return true;
    }

    /// <summary>The value for a region, which may be a reference such as <c>$(AWS_REGION)</c>.</summary>
    internal string ValueFor(string region, Partition partition) => template
        .Replace(RegionPlaceholder, region, StringComparison.Ordinal)
        .Replace(PartitionPlaceholder, partition.Id, StringComparison.Ordinal)
        .Replace(DnsSuffixPlaceholder, partition.DnsSuffix, StringComparison.Ordinal);

    private static bool IsName(string name) =>
        name.Length > 0
        && !char.IsAsciiDigit(name[0])
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static bool HasUnknownPlaceholder(string template)
    {
        var rest = Placeholders.Aggregate(template, (text, p) => text.Replace(p, string.Empty, StringComparison.Ordinal));
        return rest.AsSpan().IndexOfAny('{', '}') >= 0;
    }
}
