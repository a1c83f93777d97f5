namespace StsWebhook.Tests.Support;

/// <summary>The files of this repository, as they are committed, and the tools beside them.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>StsWebhook.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    public static string Chart => PathOf("charts/sts-webhook");

    public static string Alerts => PathOf("charts/sts-webhook/files/alerts.yaml");

    public static string Dashboard => PathOf("charts/sts-webhook/files/dashboard.json");

    /// <summary>The full path of a path that is relative to the root.</summary>
    public static string PathOf(string path) => Path.Combine(Root, path);

    public static string Text(string path) => File.ReadAllText(PathOf(path));

    /// <summary>A program on the PATH or, where <c>.ci/install-*</c> puts it, in .tools/bin; null where it is not installed.</summary>
    public static string? Tool(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Append(PathOf(".tools/bin"))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "StsWebhook.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("no folder above the tests contains StsWebhook.sln");
        }

        return folder.FullName;
    }
}
