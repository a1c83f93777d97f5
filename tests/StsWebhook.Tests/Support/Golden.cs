namespace StsWebhook.Tests.Support;

/// <summary>
/// What is expected, as files beside the input. <c>UPDATE_GOLDEN=1</c> writes them anew, to be read before they are
/// committed.
/// </summary>
internal static class Golden
{
    /// <summary>Compares what is written with a file.</summary>
    public static void Assert(string folder, string name, Action<TextWriter> write)
    {
        var path = Path.Combine(folder, name);
        using var output = new StringWriter { NewLine = "\n" };
        write(output);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, output.ToString());
        }

        Xunit.Assert.Equal(File.ReadAllText(path), output.ToString());
    }

    /// <summary>A folder of the fixtures in the sources, so that it can be written anew.</summary>
    public static string SourceFolder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StsWebhook.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "Fixtures", name);
            }
        }

        throw new DirectoryNotFoundException("no StsWebhook.sln above the tests");
    }
}
