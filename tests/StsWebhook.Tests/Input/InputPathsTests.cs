using StsWebhook.Input;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Input;

public sealed class InputPathsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Find_Folder_FindsFilesAtAnyDepth_InOrder()
    {
        Directory.CreateDirectory(folder["deep/er"]);
        folder.Write("b.yaml", "a: 1");
        folder.Write("a.YML", "a: 1");
        folder.Write("deep/er/c.json", "{}");
        folder.Write("notes.txt", "not: read");
        folder.Write("deep/events.json.gz", "not read");

        Assert.Equal("a.YML b.yaml deep/er/c.json", Names(folder.Path));
    }

    [Fact]
    public void Find_FolderThatLinksToItself_Ends()
    {
        folder.Write("a.yaml", "a: 1");
        Directory.CreateSymbolicLink(folder["loop"], folder.Path);

        Assert.Equal("a.yaml", Names(folder.Path));
    }

    [Fact]
    public void Find_LinkToAFile_IsFollowed()
    {
        folder.Write("data", "a: 1");
        File.CreateSymbolicLink(folder["a.yaml"], folder["data"]);

        using var opened = new StreamReader(Assert.Single(Find(folder.Path)).Open!());
        Assert.Equal("a: 1", opened.ReadToEnd());
    }

    [Fact]
    public void Find_FileNamedTwice_IsReadOnce()
    {
        folder.Write("a.yaml", "a: 1");

        Assert.Equal("a.yaml", Names(folder["a.yaml"], folder.Path, folder["./a.yaml"]));
    }

    [Fact]
    public void Find_FileOfAnyName_IsRead()
    {
        folder.Write("manifest", "a: 1");

        Assert.Equal("manifest", Names(folder["manifest"]));
    }

    [Fact]
    public void Find_StandardInputTwice_IsReadOnce() =>
        Assert.Equal("stdin", Assert.Single(Find("-", "-")).Name);

    [Fact]
    public void Find_EmptyPath_IsAProblem() =>
        Assert.Equal("expected a file, a directory, or - for standard input", Assert.Single(Find("")).Problem);

    [Fact]
    public void Find_EndingOfTwoParts_IsTakenWhole()
    {
        folder.Write("a.json.gz", "");
        folder.Write("b.gz", "");
        folder.Write("c.JSON.GZ", "");

        Assert.Equal(
            ["a.json.gz", "c.JSON.GZ"],
            InputPaths.Find([folder.Path], [".json.gz"], () => Stream.Null).Select(file => Path.GetFileName(file.Name)),
            StringComparer.Ordinal);
    }

    private static IReadOnlyList<InputFile> Find(params string[] paths) =>
        [.. InputPaths.Find(paths, [".yaml", ".yml", ".json"], () => Stream.Null)];

    private string Names(params string[] paths) =>
        string.Join(' ', Find(paths).Select(file => Path.GetRelativePath(folder.Path, file.Name)));
}
