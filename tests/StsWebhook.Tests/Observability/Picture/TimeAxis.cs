using System.Globalization;

namespace StsWebhook.Tests.Observability.Picture;

/// <summary>The positions of times in a panel.</summary>
internal sealed class TimeAxis
{
    private const double TickWidth = 90;

    private readonly Frame plot;
    private readonly double first;
    private readonly double last;

    public TimeAxis(PanelData data, Frame plot)
    {
        var times = data.Answers.SelectMany(a => a.Series).SelectMany(s => s.Values).Select(v => v.Time).Distinct().Order().ToArray();
        this.plot = plot;
        (first, last) = (times[0], Math.Max(times[^1], times[0] + 1));
        Step = times.Length > 1 ? times.Zip(times.Skip(1), (a, b) => b - a).Min() : 1;
    }

    /// <summary>Seconds from one value to the next.</summary>
    public double Step { get; }

    public double Place(double time) => plot.X + (plot.Width * (time - first) / (last - first));

    public void Draw(Svg svg)
    {
        var ticks = Math.Max(1, (int)(plot.Width / TickWidth));
        for (var i = 0; i <= ticks; i++)
        {
            var time = first + ((last - first) * i / ticks);
            svg.Text(
                Place(time),
                plot.Bottom + 13,
                DateTimeOffset.FromUnixTimeMilliseconds((long)(time * 1000)).ToString("HH:mm:ss", CultureInfo.InvariantCulture),
                Look.Faint,
                9,
                i == 0 ? "start" : i == ticks ? "end" : "middle");
        }
    }
}
