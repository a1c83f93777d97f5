using StsWebhook.Text;
using Xunit;

namespace StsWebhook.Tests.Text;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("spec.containers[0]: Größe “x”", "spec.containers[0]: Größe “x”")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("a\u2028b\u2029c\u202ed\u200fe\u2066f\ufeff", "a b c d e f ")]
    [InlineData("\u001b[31mred\u0085\u009b0m\u007f\0", " [31mred  0m  ")]
    public void Sanitize_HiddenCharacters_BecomeSpaces(string text, string expected) => Assert.Equal(expected, LogText.Sanitize(text));

    [Fact]
    public void Sanitize_LongText_IsTruncated()
    {
        Assert.Equal(new string('a', 1024), LogText.Sanitize(new string('a', 1024)));
        Assert.Equal(new string('a', 1023) + "…", LogText.Sanitize(new string('a', 1025)));
    }
}
