namespace StsWebhook.Input;

/// <summary>Finds the files that paths of a command line mean.</summary>
internal static class InputPaths
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>What standard input is called in reports.</summary>
    public const string StandardInputName = "stdin";

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false };

    /// <summary>
    /// Finds every file once, in the order of the paths and of the names in a folder. A file that is named itself may
    /// have any name; a folder is searched at any depth.
    /// </summary>
    /// <param name="paths">Files, folders, <see cref="StandardInput"/>.</param>
    /// <param name="endings">How names in a folder end that count, in any case.</param>
    /// <param name="standardInput">Opens standard input.</param>
    public static IEnumerable<InputFile> Find(IEnumerable<string> paths, IReadOnlyList<string> endings, Func<Stream> standardInput)
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
                foreach (var file in FindIn(path, endings, seen))
                {
                    yield return file;
                }
            }
            else if (path.Length == 0)
            {
                yield return new InputFile("''", "expected a file, a folder, or - for standard input");
            }
            else if (seen.Add(Path.GetFullPath(path)))
            {
                yield return new InputFile(path, () => File.OpenRead(path));
            }
        }
    }

    /// <summary>Links to folders are not followed, as kubectl does not: they may lead in a circle.</summary>
    private static IEnumerable<InputFile> FindIn(string folder, IReadOnlyList<string> endings, HashSet<string> seen)
    {
        FileSystemInfo[]? entries = null;
        string? problem = null;
        try
        {
            entries = new DirectoryInfo(folder).GetFileSystemInfos("*", Everything);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = e.Message;
        }

        if (entries is null)
        {
            yield return new InputFile(folder, $"cannot be read: {problem}");
            yield break;
        }

        foreach (var entry in entries.OrderBy(e => e.Name, StringComparer.Ordinal))
        {
            var path = Path.Join(folder, entry.Name);
            if (entry is DirectoryInfo)
            {
                foreach (var file in entry.LinkTarget is null ? FindIn(path, endings, seen) : [])
                {
                    yield return file;
                }
            }
            else if (endings.Any(ending => entry.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && seen.Add(Path.GetFullPath(path)))
            {
                yield return new InputFile(path, () => IsEmpty((FileInfo)entry) ? Stream.Null : File.OpenRead(path));
            }
        }
    }

    /// <summary>Pipes and devices are as empty as empty files: to open one could wait forever.</summary>
    private static bool IsEmpty(FileInfo file) =>
        file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target ? target is { Exists: true, Length: 0 } : file.Length == 0;
}
