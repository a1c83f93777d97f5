using StsWebhook.Output;
using Xunit;

namespace StsWebhook.Tests.Output;

public sealed class TextTableTests
{
    private static readonly TextTable<(string Name, int Count)> Table = new(
        new("COUNT", row => $"{row.Count}") { IsRightAligned = true },
        new("NAME", row => row.Name),
        new("AGAIN", row => row.Name))
    {
        FirstLineColumns = 2,
    };

    [Fact]
    public void Write_AlignsColumnsAndTrimsLines() => Assert.Equal(
        "COUNT   NAME    AGAIN\n    7   a       a\n   12   bb cc   bb cc\n",
        Write(Terminal.None, ("a", 7), ("bb cc", 12)));

    [Fact]
    public void Write_NoRows_WritesHeadings() => Assert.Equal("COUNT   NAME   AGAIN\n", Write(Terminal.None));

    [Fact]
    public void Write_NarrowTerminal_SplitsRows() => Assert.Equal(
        "COUNT   NAME\n        AGAIN\n    7   a\n        a\n",
        Write(new Terminal(HasColours: false, Width: 10), ("a", 7)));

    [Fact]
    public void Write_ControlCharacters_AreRemoved() =>
        Assert.DoesNotContain('\e', Write(Terminal.None, ("\e[31m", 1)));

    private static string Write(Terminal terminal, params (string Name, int Count)[] rows)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Table.Write(rows, terminal, output);
        return output.ToString();
    }
}
