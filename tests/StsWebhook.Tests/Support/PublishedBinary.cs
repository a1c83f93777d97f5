namespace StsWebhook.Tests.Support;

/// <summary>The published native binary, which these tests run instead of the JIT build.</summary>
internal static class PublishedBinary
{
    private const string Variable = "STS_WEBHOOK_BINARY";

    public static string Path { get; } = Find();

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named) ? named : throw Missing(named);
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "StsWebhook.sln")))
            {
                var path = System.IO.Path.Combine(folder.FullName, "artifacts", "sts-webhook");
                return File.Exists(path) ? path : throw Missing(path);
            }
        }

        throw Missing("artifacts/sts-webhook");
    }

    private static FileNotFoundException Missing(string path) =>
        new($"The native binary {path} is missing: run `make build`, or name another one in {Variable}.");
}
