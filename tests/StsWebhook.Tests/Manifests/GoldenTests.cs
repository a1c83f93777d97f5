using StsWebhook.Manifests.Output;
using StsWebhook.Output;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

/// <summary>A folder a case: <c>input.yaml</c>, and what it comes to in each format.</summary>
public sealed class GoldenTests
{
    private static readonly string Root = Golden.SourceFolder("check");

    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_Case_ComesToWhatIsExpected(string name)
    {
        var folder = Path.Combine(Root, name);
        var report = ManifestInput.Check(ManifestInput.File(File.ReadAllBytes(Path.Combine(folder, "input.yaml"))));

        Golden.Assert(folder, "expected.table", output =>
        {
            foreach (var error in report.Errors)
            {
                output.WriteLine(error);
            }

            TableOutput.Write(report, Terminal.None, output);
        });
        Golden.Assert(folder, "expected.json", output => JsonOutput.Write(report, output));
        Golden.Assert(folder, "expected.patched", output => PatchedOutput.Write(report, output));
    }
}
