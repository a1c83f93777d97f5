using StsWebhook.Core.Policy.Text;

namespace StsWebhook.Core.Tests.Policy.Text;

public class CompatibilityFoldTests
{
    [Theory]
    [InlineData("Plain ASCII, as it is", "Plain ASCII, as it is")]
    [InlineData("\uFF21\uFF3A\uFF41\uFF5A\uFF10\uFF19", "azaz09")]
    [InlineData("\uFF0E\uFF0F\uFF1A\uFF20\uFF05\uFF0D\uFF3F\uFF1D", "./:@%-_=")]
    [InlineData("\uFB05\uFB06\uFB01", "ststfi")]
    [InlineData("\u017F\u212A", "sk")]
    [InlineData("\u3002\uFF61\u2024\u2026", "......")]
    [InlineData("a\u00ADb\u200Bc\u2060d\uFEFFe\uFE0Ff", "abcdef")]
    [InlineData("a\uFE00b", "ab")]
    [InlineData("a\u034Fb\u180Bc\u180Fd\u2064e\u200Df\u1806g", "abcdefg")]
    [InlineData("a\uD82F\uDCA0b\uD82F\uDCA3c\uDB40\uDD00d\uDB40\uDDEFe", "abcde")]
    [InlineData("a\u034E\u0350\u200A\u2010b", "a\u034E\u0350\u200A\u2010b")]
    [InlineData("\uD835\uDC2C\uD835\uDFD9", "s1")]
    [InlineData("\u24E2\u2470", "s\u2470")]
    [InlineData("\u0441\u00E4\u4E2D\uD83D\uDE00", "\u0441\u00E4\u4E2D\uD83D\uDE00")]
    public void Fold_Text_ChangesOnlyOtherFormsOfAscii(string text, string folded) =>
        Assert.Equal(folded, CompatibilityFold.Fold(text));

    [Fact]
    public void Fold_Ascii_IsTheSameString()
    {
        const string Text = "https://sts.us-east-2.amazonaws.com";
        Assert.Same(Text, CompatibilityFold.Fold(Text));
    }

    /// <summary>The table is searched by halves.</summary>
    [Fact]
    public void Runs_AreInOrderAndApart()
    {
        var runs = CompatibilityTable.Runs;

        Assert.All(Enumerable.Range(1, (runs.Length / 3) - 1), i =>
            Assert.True(runs[3 * i] >= runs[(3 * i) - 3] + runs[(3 * i) - 2], $"run {i}"));
    }

    [Fact]
    public void Fold_EndsOfEveryRun_AreFoldedAndNothingBehind()
    {
        var runs = CompatibilityTable.Runs;
        var firsts = Enumerable.Range(0, runs.Length / 3).Select(i => runs[3 * i]).ToHashSet();

        Assert.All(Enumerable.Range(0, runs.Length / 3), i =>
        {
            var (first, length, ascii) = (runs[3 * i], runs[(3 * i) + 1], runs[(3 * i) + 2]);
            var behind = char.ConvertFromUtf32(first + length);
            Assert.Equal($"{(char)ascii}", CompatibilityFold.Fold(char.ConvertFromUtf32(first)));
            Assert.Equal($"{(char)(ascii + length - 1)}", CompatibilityFold.Fold(char.ConvertFromUtf32(first + length - 1)));
            if (!firsts.Contains(first + length) && !CompatibilityTable.Sequences.ContainsKey(first + length))
            {
                Assert.Equal(behind, CompatibilityFold.Fold(behind));
            }
        });
    }

    /// <summary>Of one character it would be a run.</summary>
    [Fact]
    public void Sequences_AreOfSeveralLowerCaseCharacters() => Assert.All(
        CompatibilityTable.Sequences.Values,
        text => Assert.True(text.Length > 1 && text.All(c => char.IsAsciiLetterLower(c) || c == '.'), text));
}
