namespace StsWebhook.Tests.Observability;

/// <summary>Files of the repository that are shipped as they are, and the tools that judge them.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string Alerts => PathOf("charts/sts-webhook/files/alerts.yaml");

    public static string Dashboard => PathOf("charts/sts-webhook/files/dashboard.json");

    public static string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>A program on the PATH or, as .ci/install-prometheus puts it, in .tools/bin; null where it is not here.</summary>
    public static string? Tool(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator)
            .Append(PathOf(".tools/bin"))
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "StsWebhook.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("the tests are not within the repository");
    }
}
