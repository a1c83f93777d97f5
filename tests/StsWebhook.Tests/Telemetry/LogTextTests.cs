using StsWebhook.Telemetry;
using Xunit;

namespace StsWebhook.Tests.Telemetry;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("spec.containers[0]: Größe “x”", "spec.containers[0]: Größe “x”")]
    [InlineData("a\r\nb\tc", "a  b c")]
    [InlineData("a\u2028b\u2029c\u202ed\u200fe\u2066f\ufeff", "a b c d e f ")]
    [InlineData("\u001b[31mred\u0085\u009b0m\u007f\0", " [31mred  0m  ")]
    public void Of_Text_IsOneLine(string text, string expected) => Assert.Equal(expected, LogText.Sanitize(text));

    [Fact]
    public void Of_LongText_IsCut()
    {
        Assert.Equal(new string('a', 1024), LogText.Sanitize(new string('a', 1024)));
        Assert.Equal(new string('a', 1023) + "…", LogText.Sanitize(new string('a', 1025)));
    }
}
