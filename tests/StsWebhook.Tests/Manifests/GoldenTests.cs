using StsWebhook.Manifests.Output;
using StsWebhook.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

/// <summary>
/// A folder a case: <c>input.yaml</c>, and what it comes to in each format. <c>UPDATE_GOLDEN=1</c> writes the
/// expectations anew, to be read before they are committed.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string Root = SourceFolder();

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_Case_ComesToWhatIsExpected(string name)
    {
        var folder = Path.Combine(Root, name);
        var report = Yaml.Check(Yaml.File(File.ReadAllBytes(Path.Combine(folder, "input.yaml"))));

        AssertGolden(folder, "expected.table", output =>
        {
            foreach (var error in report.Errors)
            {
                output.WriteLine(error);
            }

            TableOutput.Write(report, Terminal.None, output);
        });
        AssertGolden(folder, "expected.json", output => JsonOutput.Write(report, output));
        AssertGolden(folder, "expected.patched", output => PatchedOutput.Write(report, output));
    }

    private static void AssertGolden(string folder, string name, Action<TextWriter> write)
    {
        var path = Path.Combine(folder, name);
        using var output = new StringWriter { NewLine = "\n" };
        write(output);
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, output.ToString());
        }

        Assert.Equal(File.ReadAllText(path), output.ToString());
    }

    /// <summary>The folder in the sources, so that it can be written anew.</summary>
    private static string SourceFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "StsWebhook.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "Fixtures", "check");
            }
        }

        throw new DirectoryNotFoundException("no StsWebhook.sln above the tests");
    }
}
