namespace StsWebhook.Input;

/// <summary>Finds the files that the paths on a command line name.</summary>
internal static class InputPaths
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>The name of standard input in reports.</summary>
    public const string StandardInputName = "stdin";

    private static readonly EnumerationOptions Everything =
        new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>
    /// Returns each file once, in the order of the paths, and by name within a directory. A path of a file can have any
    /// extension. A directory is searched recursively for the given extensions.
    /// </summary>
    /// <param name="paths">Files, directories, or <see cref="StandardInput"/>.</param>
    /// <param name="extensions">The extensions of files in directories, such as <c>.json.gz</c>. Case is ignored.</param>
    /// <param name="standardInput">Opens standard input.</param>
    public static IEnumerable<InputFile> Find(IEnumerable<string> paths, IReadOnlyList<string> extensions,
        Func<Stream> standardInput)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (path == StandardInput)
            {
                if (seen.Add(path))
                {
                    yield return new InputFile(StandardInputName, standardInput);
                }
            }
            else if (Directory.Exists(path))
            {
                foreach (var file in FindIn(path, extensions, seen))
                {
                    yield return file;
                }
            }
            else if (path.Length == 0)
            {
                yield return new InputFile("''", "expected a file, a directory, or - for standard input");
            }
            else if (seen.Add(Path.GetFullPath(path)))
            {
                yield return new InputFile(path, () => File.OpenRead(path));
            }
        }
    }

    /// <summary>Searches a directory. Links to directories are not followed, as in kubectl: they can form a cycle.</summary>
    private static IEnumerable<InputFile> FindIn(string directory, IReadOnlyList<string> extensions, HashSet<string> seen)
    {
        FileSystemInfo[]? entries = null;
        string? problem = null;
        try
        {
            entries = new DirectoryInfo(directory).GetFileSystemInfos("*", Everything);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
        }

        if (entries is null)
        {
            yield return new InputFile(directory, $"cannot be read: {problem}");
            yield break;
        }

        foreach (var entry in entries.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var path = Path.Join(directory, entry.Name);
            if (entry is DirectoryInfo)
            {
                foreach (var file in entry.LinkTarget is null ? FindIn(path, extensions, seen) : [])
                {
                    yield return file;
                }
            }
            else if (extensions.Any(extension => entry.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                && seen.Add(Path.GetFullPath(path)))
            {
                yield return new InputFile(path, () => IsEmpty((FileInfo)entry) ? Stream.Null : File.OpenRead(path));
            }
        }
    }

    /// <summary>
    /// Whether the file has a length of 0. Pipes and devices have, too, and are not opened: that could block forever.
    /// </summary>
    private static bool IsEmpty(FileInfo file) =>
        file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target
            ? target is { Exists: true, Length: 0 }
            : file.Length == 0;
}
