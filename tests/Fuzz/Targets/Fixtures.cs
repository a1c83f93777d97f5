namespace StsWebhook.Fuzz.Targets;

/// <summary>The fixtures of the other tests, which serve as seeds.</summary>
internal static class Fixtures
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <summary>Reads the files of a folder whose names match, in a fixed order.</summary>
    public static IEnumerable<byte[]> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllBytes);

    /// <summary>Reads one file.</summary>
    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Root, path));
}
