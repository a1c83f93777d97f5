using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>A region variable that a container sets itself.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Source">What another variable must come from to be its equal.</param>
/// <param name="Value">The value; null where it is only known on the node.</param>
/// <param name="Index">The entry's place in <c>env</c>; -1 where it comes from <c>envFrom</c>.</param>
internal sealed record ContainerRegion(string Variable, VariableSource Source, string? Value, int Index)
{
    /// <summary>Whether the variable is set to nothing.</summary>
    public bool IsEmpty => Value is { Length: 0 };

    /// <summary>Whether the entry names a source instead of a value.</summary>
    public bool IsFromElsewhere => Source is VariableSource.CopyOf copy && copy.Entry.Member("valueFrom"u8).Exists();

    /// <summary>Whether the value is nothing but a reference to <paramref name="other"/>.</summary>
    public bool RefersTo(string other) => Source is VariableSource.CopyOf copy && copy.Entry.Text("value"u8) == $"$({other})";

    /// <summary>A variable that <c>env</c> sets, or null.</summary>
    public static ContainerRegion? From(string variable, ContainerEnvironment environment) =>
        environment.Find(variable) is { } entry
            ? new ContainerRegion(
                variable, new VariableSource.CopyOf(entry.Json), entry.IsReference ? null : entry.Literal, entry.Index)
            : null;

    /// <summary>A variable that <c>envFrom</c> sets, or null. Its values are not expanded by the kubelet.</summary>
    public static ContainerRegion? From(string variable, VariableSource.ConfigMapKey? source) =>
        source is null ? null : new ContainerRegion(variable, source, source.Value, Index: -1);
}
