namespace StsWebhook.Fuzz.Targets;

/// <summary>The inputs that the other tests use, to begin with.</summary>
internal static class Fixtures
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    /// <summary>The files of a folder whose names fit, in an order that does not change.</summary>
    public static IEnumerable<byte[]> Files(string folder, string pattern) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllBytes);

    /// <summary>One file.</summary>
    public static byte[] Bytes(string path) => File.ReadAllBytes(Path.Combine(Root, path));
}
