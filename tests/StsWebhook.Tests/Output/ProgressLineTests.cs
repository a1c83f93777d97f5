using Microsoft.Extensions.Time.Testing;
using StsWebhook.Output;
using Xunit;

namespace StsWebhook.Tests.Output;

public sealed class ProgressLineTests : IDisposable
{
    private readonly FakeTimeProvider time = new();
    private readonly StringWriter output = new();

    public void Dispose() => output.Dispose();

    [Fact]
    public void Show_NoTerminal_WritesNothing()
    {
        var line = new ProgressLine(Terminal.None, output, time);
        line.Show("pods", 1, 2);
        line.Clear();

        Assert.Empty(output.ToString());
    }

    [Theory]
    [InlineData(2_500, 10_000, "[######------------------] 2,500 of 10,000 pods")]
    [InlineData(0, 0, "[########################] 0 of 0 pods")]
    [InlineData(1_000, null, "1,000 pods")]
    public void Show_Terminal_WritesOverTheLine(int done, int? total, string expected)
    {
        OnTerminal(width: 80).Show("pods", done, total);

        Assert.Equal($"\r\e[K{expected}", output.ToString());
    }

    [Fact]
    public void Show_NarrowTerminal_StaysOnOneLine()
    {
        OnTerminal(width: 10).Show("pods", 1, null);
        OnTerminal(width: 10).Show("configmaps in payments", 1, null);

        Assert.Equal("\r\e[K1 pods\r\e[K1 configm", output.ToString());
    }

    [Fact]
    public void Show_TooOften_WaitsAWhile()
    {
        var line = OnTerminal(width: 80);
        line.Show("pods", 1, null);
        line.Show("pods", 2, null);
        time.Advance(TimeSpan.FromMilliseconds(100));
        line.Show("pods", 3, null);

        Assert.Equal("\r\e[K1 pods\r\e[K3 pods", output.ToString());
    }

    [Fact]
    public void Clear_LeavesNothing()
    {
        var line = OnTerminal(width: 80);
        line.Clear();
        line.Show("pods", 1, null);
        line.Clear();
        line.Clear();

        Assert.Equal("\r\e[K1 pods\r\e[K", output.ToString());
    }

    private ProgressLine OnTerminal(int width) => new(new Terminal(HasColours: false, width) { CanErase = true }, output, time);
}
