using StsWebhook.Output;
using Xunit;

namespace StsWebhook.Tests.Output;

public sealed class LineWrapTests
{
    private const string Text = "some words that do not fit on one line of forty characters";

    [Fact]
    public void Wrap_NoTerminal_StaysOneLine() => Assert.Equal($"a.yaml:1: {Text}", Wrapped(Text, width: null));

    [Fact]
    public void Wrap_Terminal_BreaksBetweenWords() => Assert.Equal(
        "a.yaml:1: some words that do not fit on\n    one line of forty characters",
        Wrapped(Text, width: 40));

    [Fact]
    public void Wrap_LongWord_IsNotBroken() => Assert.Equal(
        $"a.yaml:1:\n    {new string('x', 60)}\n    y",
        Wrapped(new string('x', 60) + " y", width: 40));

    private static string Wrapped(string text, int? width) => string.Join('\n', LineWrap.Wrap("a.yaml:1:", text, width));
}
