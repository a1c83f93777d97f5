using StsWebhook.Files;
using StsWebhook.Tests.Support;
using Xunit;

namespace StsWebhook.Tests.Files;

public sealed class PolledFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_FirstTime_HasChanged() => Assert.True(new PolledFile(folder.Write("a", "1")).Read().HasChanged);

    [Fact]
    public void Read_SameContentWrittenAgain_HasNotChanged()
    {
        var file = new PolledFile(folder.Write("a", "1"));
        file.Read();

        folder.Write("a", "1");

        Assert.False(file.Read().HasChanged);
    }

    [Fact]
    public void Read_OtherContent_HasChangedOnce()
    {
        var file = new PolledFile(folder.Write("a", "1"));
        file.Read();

        folder.Write("a", "2");

        var read = file.Read();
        Assert.Equal((true, "2"), (read.HasChanged, read.Text));
        Assert.False(file.Read().HasChanged);
    }

    [Fact]
    public void Read_SwappedLink_HasChanged()
    {
        folder.Write("v1", "1");
        folder.Write("v2", "2");
        File.CreateSymbolicLink(folder["data"], "v1");
        var file = new PolledFile(folder["data"]);
        file.Read();

        File.CreateSymbolicLink(folder["next"], "v2");
        File.Move(folder["next"], folder["data"], overwrite: true);

        Assert.True(file.Read().HasChanged);
    }

    [Fact]
    public void Read_FileDeletedAndCreatedAgain_HasChangedEachTime()
    {
        var file = new PolledFile(folder.Write("a", "1"));
        file.Read();

        File.Delete(folder["a"]);
        var missing = file.Read();
        Assert.Equal((true, false, true), (missing.HasChanged, missing.IsRead, missing.IsMissing));
        Assert.Null(missing.Text);
        Assert.False(file.Read().HasChanged);

        folder.Write("a", "1");
        Assert.True(file.Read().HasChanged);
    }

    [Fact]
    public void Read_AnotherError_HasChanged()
    {
        var file = new PolledFile(folder["a"]);
        Assert.True(file.Read().IsMissing);

        Directory.CreateDirectory(folder["a"]);
        var read = file.Read();

        Assert.Equal((true, false, false), (read.HasChanged, read.IsRead, read.IsMissing));
    }

    [Fact]
    public void Text_ByteOrderMark_IsNotPartOfIt()
    {
        File.WriteAllBytes(folder["a"], [0xEF, 0xBB, 0xBF, (byte)'x']);

        Assert.Equal("x", new PolledFile(folder["a"]).Read().Text);
    }
}
