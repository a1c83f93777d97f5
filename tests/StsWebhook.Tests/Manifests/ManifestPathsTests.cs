using System.Text;
using StsWebhook.Manifests.Reading;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Manifests;

public sealed class ManifestPathsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_Folder_FindsManifestsAtAnyDepth_InOrder()
    {
        Directory.CreateDirectory(folder["deep/er"]);
        folder.Write("b.yaml", "a: 1");
        folder.Write("a.YML", "a: 1");
        folder.Write("deep/er/c.json", "{}");
        folder.Write("notes.txt", "not: read");

        Assert.Equal("a.YML b.yaml deep/er/c.json", Names(folder.Path));
    }

    [Fact]
    public void Read_FolderThatLinksToItself_Ends()
    {
        folder.Write("a.yaml", "a: 1");
        Directory.CreateSymbolicLink(folder["loop"], folder.Path);

        Assert.Equal("a.yaml", Names(folder.Path));
    }

    [Fact]
    public void Read_LinkToAFile_IsFollowed()
    {
        folder.Write("data", "a: 1");
        File.CreateSymbolicLink(folder["a.yaml"], folder["data"]);

        Assert.Single(Assert.Single(Read(folder.Path)).Documents);
    }

    [Fact]
    public void Read_FileNamedTwice_IsReadOnce()
    {
        folder.Write("a.yaml", "a: 1");

        Assert.Equal("a.yaml", Names(folder["a.yaml"], folder.Path, folder["./a.yaml"]));
    }

    [Fact]
    public void Read_FileOfAnyName_IsRead()
    {
        folder.Write("manifest", "a: 1");

        Assert.Equal("manifest", Names(folder["manifest"]));
    }

    [Fact]
    public void Read_StandardInputTwice_IsReadOnce() =>
        Assert.Equal("stdin", Assert.Single(Read("-", "-")).Name);

    [Theory]
    [InlineData("nowhere.yaml")]
    [InlineData("")]
    public void Read_NoSuchFile_IsAnError(string name) =>
        Assert.NotNull(Assert.Single(Read(name.Length == 0 ? name : folder[name])).Error);

    private static IReadOnlyList<ManifestFile> Read(params string[] paths) =>
        [.. ManifestPaths.Read(paths, () => new MemoryStream(Encoding.UTF8.GetBytes("a: 1")))];

    private string Names(params string[] paths) =>
        string.Join(' ', Read(paths).Select(file => Path.GetRelativePath(folder.Path, file.Name)));
}
