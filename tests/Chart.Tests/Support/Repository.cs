namespace StsWebhook.Chart.Tests.Support;

/// <summary>The files that these tests are about, where they are kept.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Chart => PathOf("charts/sts-webhook");

    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Text(string path) => File.ReadAllText(PathOf(path));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StsWebhook.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no folder above the tests holds StsWebhook.sln");
        }

        return folder.FullName;
    }
}
