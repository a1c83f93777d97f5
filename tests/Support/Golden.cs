namespace StsWebhook.Tests.Support;

/// <summary>
/// Compares output with files that are committed. With <c>UPDATE_GOLDEN=1</c> in the environment the files are written
/// instead: read the diff before you commit it.
/// </summary>
public static class Golden
{
    /// <summary>Whether golden files and generated sections are written instead of compared.</summary>
    public static bool IsUpdating => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    /// <summary>Compares what <paramref name="write"/> writes with a file.</summary>
    public static void Assert(string folder, string name, Action<TextWriter> write)
    {
        using var output = new StringWriter { NewLine = "\n" };
        write(output);
        Assert(Path.Combine(folder, name), output.ToString());
    }

    /// <summary>Compares a text with a file.</summary>
    public static void Assert(string path, string actual)
    {
        if (IsUpdating)
        {
            File.WriteAllText(path, actual);
        }

        Xunit.Assert.Equal(File.ReadAllText(path), actual);
    }

    /// <summary>A folder of the fixtures in the source tree, not of their copies beside the test binary.</summary>
    public static string SourceFolder(string name) => Repository.PathOf(Path.Combine("tests", "Fixtures", name));
}
