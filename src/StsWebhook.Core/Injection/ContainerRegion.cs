using StsWebhook.Core.Json;
using StsWebhook.Core.Pods;

namespace StsWebhook.Core.Injection;

/// <summary>A region variable that a container sets itself.</summary>
/// <param name="Variable">The variable's name.</param>
/// <param name="Source">The source that gives another variable the same value.</param>
/// <param name="Value">The value; null if only the kubelet can determine it.</param>
/// <param name="Index">The index of the entry in <c>env</c>; -1 for a variable of <c>envFrom</c>.</param>
internal sealed record ContainerRegion(string Variable, VariableSource Source, string? Value, int Index)
{
    /// <summary>Whether the value is empty.</summary>
    public bool IsEmpty => Value is { Length: 0 };

    /// <summary>Whether the entry has <c>valueFrom</c>.</summary>
    public bool IsFromElsewhere => Source is VariableSource.CopyOf copy && copy.Entry.Member("valueFrom"u8).Exists();

    /// <summary>Whether the value is exactly a reference to <paramref name="other"/>, such as <c>$(AWS_REGION)</c>.</summary>
    public bool RefersTo(string other) => Source is VariableSource.CopyOf copy && copy.Entry.Text("value"u8) == $"$({other})";

    /// <summary>The variable as <c>env</c> sets it; null if it does not.</summary>
    public static ContainerRegion? From(string variable, ContainerEnvironment environment) =>
        environment.Find(variable) is { } entry
            ? new ContainerRegion(
                variable, new VariableSource.CopyOf(entry.Json), entry.IsReference ? null : entry.Literal, entry.Index)
            : null;

    /// <summary>
    /// The variable as <c>envFrom</c> sets it; null if it does not. The kubelet does not expand such values.
    /// </summary>
    public static ContainerRegion? From(string variable, VariableSource.ConfigMapKey? source) =>
        source is null ? null : new ContainerRegion(variable, source, source.Value, Index: -1);
}
