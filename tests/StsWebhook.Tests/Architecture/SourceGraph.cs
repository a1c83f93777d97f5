using System.Text.RegularExpressions;
using ArchUnitNET.Loader;
using StsWebhook.Core.Admission;
using StsWebhook.Tests.Support;

namespace StsWebhook.Tests.Architecture;

/// <summary>
/// The types of the program and of the core, and which folder uses which. A folder is written as its namespace without
/// <c>StsWebhook.</c>: <c>Core.Policy.Text</c>, <c>Cluster</c>.
/// </summary>
internal static partial class SourceGraph
{
    private const string Root = "StsWebhook.";

    private static readonly Lazy<ArchUnitNET.Domain.Architecture> Loaded = new(() =>
        new ArchLoader().LoadAssemblies(typeof(Reviewer).Assembly, System.Reflection.Assembly.Load("sts-webhook")).Build());

    /// <summary>The types that are written in the source, and not by the compiler or by a source generator.</summary>
    public static IReadOnlyList<ArchUnitNET.Domain.IType> Types { get; } =
    [
        .. Loaded.Value.Types.Where(type =>
            type.FullName.StartsWith(Root, StringComparison.Ordinal) && !type.FullName.Contains('<', StringComparison.Ordinal)
            && !type.IsCompilerGenerated),
    ];

    /// <summary>Each use of a folder by another, with an example: the two types, or the file with the using directive.</summary>
    public static ILookup<(string From, string To), string> Uses { get; } =
        UsesInAssemblies().Concat(UsesInSource()).ToLookup(use => (use.From, use.To), use => use.Example);

    /// <summary>The folder of a type, or null outside of this repository.</summary>
    public static string? FolderOf(ArchUnitNET.Domain.IType type) => FolderOf(type.Namespace?.FullName ?? string.Empty);

    private static string? FolderOf(string space) => space.StartsWith(Root, StringComparison.Ordinal) ? space[Root.Length..] : null;

    private static IEnumerable<(string From, string To, string Example)> UsesInAssemblies() =>
        from type in Types
        let folder = FolderOf(type)
        from dependency in type.Dependencies
        let target = FolderOf(dependency.Target)
        where folder is not null && target is not null && folder != target
        // ArchUnitNET merges the instantiations of a generic method: the core would seem to use the program's types.
        where !folder.StartsWith("Core.", StringComparison.Ordinal) || target.StartsWith("Core.", StringComparison.Ordinal)
        select (folder, target, $"{type.FullName} uses {dependency.Target.FullName}");

    /// <summary>The uses of constants, which the compiler copies, are found by the using directives alone.</summary>
    private static IEnumerable<(string From, string To, string Example)> UsesInSource() =>
        from file in SourceFiles()
        let source = File.ReadAllText(file)
        let folder = FolderOf(NamespaceLine().Match(source).Groups["name"].Value)
        from Match directive in UsingLine().Matches(source)
        let target = FolderOf(directive.Groups["name"].Value)
        where folder is not null && target is not null && folder != target
        select (folder, target, $"{Path.GetRelativePath(Repository.Root, file)} has \"{directive.Value}\"");

    private static IEnumerable<string> SourceFiles() =>
        Directory.EnumerateFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using (?<name>StsWebhook\.[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UsingLine();
}
