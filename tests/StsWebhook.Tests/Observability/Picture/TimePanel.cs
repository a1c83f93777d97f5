namespace StsWebhook.Tests.Observability.Picture;

/// <summary>A panel of lines, or of areas on top of each other.</summary>
internal static class TimePanel
{
    private const int Lines = 3;
    private const double Letter = 5.4;

    public static void Draw(Svg svg, PanelData data, Frame inner)
    {
        var series = (from answer in data.Answers
                      from s in answer.Series
                      let values = s.Values.Where(v => double.IsFinite(v.Value)).ToArray()
                      where values.Length > 0
                      select (Name: s.Legend(answer.Target.Legend), Values: values)).ToArray();
        var legendHeight = Legend(svg, [.. series.Select(s => (s.Name, Figure.Text(s.Values[^1].Value, data.Panel.Unit)))], inner);
        var plot = inner.Inside(52, 2, 4, legendHeight + 18);
        var axis = new TimeAxis(data, plot);
        axis.Draw(svg);

        var floor = new Dictionary<double, double>();
        var stacked = series.Select(s => (s.Name, Points: s.Values.Select(v =>
        {
            var low = data.Panel.IsStacked ? floor.GetValueOrDefault(v.Time) : 0;
            floor[v.Time] = low + v.Value;
            return (v.Time, Low: low, High: low + v.Value);
        }).ToArray())).ToArray();
        var top = Ceiling(stacked.Max(s => s.Points.Max(p => p.High)));
        double Height(double value) => plot.Bottom - (plot.Height * Math.Max(0, value) / top);

        for (var i = 0; i <= Lines; i++)
        {
            var value = top * i / Lines;
            svg.Line(plot.X, Height(value), plot.Right, Height(value), Look.Grid);
            svg.Text(plot.X - 5, Height(value) + 3, Figure.Text(value, data.Panel.Unit), Look.Faint, 9, "end");
        }

        for (var i = 0; i < stacked.Length; i++)
        {
            foreach (var run in Runs(stacked[i].Points, axis.Step))
            {
                var upper = run.Select(p => (axis.Place(p.Time), Height(p.High))).ToArray();
                if (data.Panel.IsStacked)
                {
                    svg.Area(upper.Concat(run.Reverse().Select(p => (axis.Place(p.Time), Height(p.Low)))), Look.Series(i), 0.45);
                }

                svg.Path(upper, Look.Series(i));
            }
        }
    }

    /// <summary>Names and last values, and how much room they took.</summary>
    private static double Legend(Svg svg, (string Name, string Last)[] entries, Frame inner)
    {
        var rows = new List<List<(int Number, string Text)>> { new() };
        var width = 0.0;
        for (var i = 0; i < entries.Length; i++)
        {
            var text = $"{entries[i].Name}  {entries[i].Last}";
            if (width > 0 && width + Width(text) > inner.Width)
            {
                rows.Add([]);
                width = 0;
            }

            width += Width(text);
            rows[^1].Add((i, text));
        }

        var shown = rows.Take(Lines).ToArray();
        for (var row = 0; row < shown.Length; row++)
        {
            var x = inner.X;
            var y = inner.Bottom - ((shown.Length - row - 1) * 14) - 2;
            foreach (var (number, text) in shown[row])
            {
                svg.Rectangle(x, y - 5, 9, 3, Look.Series(number));
                svg.Text(x + 13, y, text, Look.Ink, 10);
                x += Width(text);
            }
        }

        return shown.Length * 14;

        static double Width(string text) => 28 + (text.Length * Letter);
    }

    /// <summary>Values without a hole between them.</summary>
    private static IEnumerable<(double Time, double Low, double High)[]> Runs((double Time, double Low, double High)[] points, double step)
    {
        var start = 0;
        for (var i = 1; i <= points.Length; i++)
        {
            if (i == points.Length || points[i].Time - points[i - 1].Time > step * 1.5)
            {
                yield return points[start..i];
                start = i;
            }
        }
    }

    /// <summary>A round figure that is not less.</summary>
    private static double Ceiling(double value)
    {
        if (value <= 0)
        {
            return 1;
        }

        var magnitude = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 1.5, 2, 3, 4.5, 6, 7.5, 10 }.First(factor => factor * magnitude >= value * 0.999) * magnitude;
    }
}
