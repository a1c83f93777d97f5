using System.Globalization;

namespace StsWebhook.Tests.Observability.Picture;

/// <summary>How many requests fell into each bucket of a histogram, over time.</summary>
internal static class HeatmapPanel
{
    public static void Draw(Svg svg, PanelData data, Frame inner)
    {
        var plot = inner.Inside(52, 2, 4, 18);
        var axis = new TimeAxis(data, plot);
        axis.Draw(svg);
        var (_, series) = data.Answers.Single();
        var buckets = series
            .Select(s => (Limit: s.Labels["le"] == "+Inf" ? double.PositiveInfinity : double.Parse(s.Labels["le"], CultureInfo.InvariantCulture), Counts: s.Values.ToDictionary(v => v.Time, v => v.Value)))
            .OrderBy(bucket => bucket.Limit).ToArray();
        var cells = buckets.SelectMany((bucket, i) => bucket.Counts.Select(count =>
            (Bucket: i, Time: count.Key, Count: Math.Max(0, count.Value - (i > 0 ? buckets[i - 1].Counts.GetValueOrDefault(count.Key) : 0))))).ToArray();
        var most = cells.Max(cell => cell.Count);
        var height = plot.Height / buckets.Length;
        for (var i = 0; i < buckets.Length; i += 3)
        {
            svg.Text(plot.X - 5, plot.Bottom - (i * height) - (height / 2) + 3, double.IsInfinity(buckets[i].Limit) ? "longer" : Figure.Text(buckets[i].Limit, data.Panel.Unit), Look.Faint, 9, "end");
        }

        foreach (var cell in cells.Where(cell => cell.Count > 0.01))
        {
            var x = axis.Place(cell.Time);
            svg.Rectangle(
                x,
                plot.Bottom - ((cell.Bucket + 1) * height) + 0.5,
                Math.Max(0.5, Math.Min(axis.Place(cell.Time + axis.Step), plot.Right) - x - 0.5),
                height - 1,
                "#8ab8ff",
                0.08 + (0.92 * Math.Sqrt(cell.Count / most)));
        }
    }
}
