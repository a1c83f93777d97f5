using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class TextFormatTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", "JSON")]
    [InlineData("<a>b</a>", "XML")]
    [InlineData(@"a=b\nc=d", "escaped lines")]
    [InlineData("a = b", "lines")]
    [InlineData(@"'a=b\nc=d'", "word")]
    [InlineData("a=b", "word")]
    [InlineData("{a", "word")]
    public void All_FirstFormatThatReadsAText_IsItsFormat(string text, string format)
    {
        var reading = TextFormat.All.ToArray().First(f => f.TryRead(text, text, string.Empty, new ParseBudget()) is not null);

        Assert.Equal(format, reading.Name);
    }

    /// <summary>XML is not read as a word or within a line: the remarks of <see cref="TextFormat.All"/> say why.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", true, true)]
    [InlineData("<a>b</a>", false, false)]
    [InlineData(@"a=b\nc=d", true, false)]
    [InlineData("a b", true, false)]
    [InlineData("a=b", false, false)]
    public void Text_WithinACommandLineOrALine_IsReadByFewerFormats(string text, bool asWord, bool inLine)
    {
        Assert.Equal(asWord, TextEntryReader.IsText(text));
        Assert.Equal(inLine, TextEntryReader.TryReadInLine(text, string.Empty, new ParseBudget()) is not null);
    }

    [Fact]
    public void AllEscapes_AreThoseOfJsonAndXml() => Assert.Equal([@"\u00", "&#"], TextFormat.AllEscapes, StringComparer.Ordinal);
}
