using System.Text.RegularExpressions;
using StsWebhook.Tests.Support;

namespace StsWebhook.Chart.Tests.Support;

/// <summary>The files of the repository that an image builder sees: docs.docker.com/build/concepts/context, ".dockerignore".</summary>
internal static class BuildContext
{
    private static readonly (Regex Pattern, bool IsException)[] Rules = [.. Repository.Text(".dockerignore")
        .Split('\n')
        .Where(line => line.Length > 0 && line[0] != '#')
        .Select(line => (Compile(line.TrimStart('!')), line[0] == '!'))];

    /// <summary>The paths of the files, relative to the repository.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Directory
        .EnumerateFiles(Repository.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Select(file => Path.GetRelativePath(Repository.Root, file))
        .Where(IsIncluded)];

    /// <summary>Copies like <c>COPY source… target</c>. A missing source is an error, as it is for an image builder.</summary>
    public static void Copy(IReadOnlyList<string> sources, string target)
    {
        foreach (var source in sources)
        {
            var files = Files.Where(f => f == source || f.StartsWith(source + "/", StringComparison.Ordinal)).ToArray();
            if (files.Length == 0)
            {
                throw new FileNotFoundException($"COPY {source}: nothing of that name is in the build context");
            }

            foreach (var file in files)
            {
                var to = Path.Combine(target, file == source ? Path.GetFileName(file) : Path.GetRelativePath(source, file));
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(Repository.PathOf(file), to, overwrite: true);
            }
        }
    }

    /// <summary>The last rule that matches the file or one of its folders decides.</summary>
    private static bool IsIncluded(string file) => Rules.LastOrDefault(r => r.Pattern.IsMatch(file)) is not { Pattern: not null, IsException: false };

    private static Regex Compile(string pattern) => new(
        "^" + Regex.Escape(pattern)
            .Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "(/.*)?$",
        RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(1));
}
