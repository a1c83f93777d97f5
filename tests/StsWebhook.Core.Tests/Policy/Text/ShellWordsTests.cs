using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class ShellWordsTests
{
    /// <summary>The words between slashes; a bar is the end of a command.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("  a  b\tc ", "a/b/c")]
    [InlineData("'a b' \"c d\"", "a b/c d")]
    [InlineData("a'b'\"c\"d", "abcd")]
    [InlineData("'' \"\"", "/")]
    [InlineData("\"a \\\" b\" 'c\\'", "a \" b/c\\")]
    [InlineData("\"\\$x \\n\"", "$x \\n")]
    [InlineData("a\\ b \\\"", "a b/\"")]
    [InlineData("a;b", "a;b")]
    [InlineData("a; b", "a/|/b")]
    [InlineData("a && b || c", "a/|/|/b/|/|/c")]
    [InlineData("a&&b", "a/|/|/b")]
    [InlineData("(a) | b > c", "|/a/|/|/b/|/c")]
    [InlineData("https://x/?a=1&b=2", "https://x/?a=1&b=2")]
    [InlineData("-Dx=a|b", "-Dx=a|b")]
    [InlineData("it's a", "its/a")]
    [InlineData("a\" > b", "a/|/b")]
    [InlineData("\"a 'b", "a/b")]
    [InlineData("a\\", "a\\")]
    public void Split_Line_GivesItsWords(string line, string words) =>
        Assert.Equal(words, string.Join('/', ShellWords.Split(line, out _).Select(word => word.IsOperator ? "|" : word.Text)));

    [Theory]
    [InlineData("a # b", "a", " b")]
    [InlineData("# b", "", " b")]
    [InlineData("a#b", "a#b", "")]
    [InlineData("'#' b", "#/b", "")]
    [InlineData("a $# b", "a/$#/b", "")]
    public void Split_Comment_IsNoWord(string line, string words, string expected)
    {
        Assert.Equal(words, string.Join('/', ShellWords.Split(line, out var comment).Select(word => word.Text)));
        Assert.Equal(expected, comment);
    }
}
