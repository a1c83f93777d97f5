namespace StsWebhook.Tests.Observability.Picture;

/// <summary>Panels that show single figures.</summary>
internal static class FigurePanels
{
    /// <summary>One figure on a background whose colour shows its state.</summary>
    public static void Stat(Svg svg, PanelData data, Frame frame, Frame inner)
    {
        var value = Values(data).First().Value;
        svg.Rectangle(frame.X, frame.Y, frame.Width, frame.Height, Look.Threshold(data.Panel, value), radius: 3);
        svg.Text(frame.X + 8, frame.Y + 17, data.Panel.Title, "#fff", 12);
        svg.Text(frame.X + (frame.Width / 2), inner.Y + (inner.Height / 2) + 10, Text(data.Panel, value), "#fff", 25, "middle", isBold: true);
    }

    /// <summary>A bar for each series.</summary>
    public static void Bars(Svg svg, PanelData data, Frame inner)
    {
        var values = Values(data).Take(8).ToArray();
        var most = values.Max(v => v.Value);
        var height = Math.Min(inner.Height / values.Length, 34);
        for (var i = 0; i < values.Length; i++)
        {
            var y = inner.Y + (i * height);
            svg.Text(inner.X, y + 11, values[i].Name, Look.Ink);
            svg.Text(inner.Right, y + 11, Text(data.Panel, values[i].Value), Look.Ink, anchor: "end");
            svg.Rectangle(inner.X, y + 15, inner.Width, Math.Max(2, height - 21), Look.Grid);
            svg.Rectangle(inner.X, y + 15, most > 0 ? inner.Width * values[i].Value / most : 0, Math.Max(2, height - 21), Look.Series(2));
        }
    }

    /// <summary>A line for each series, a column for each label.</summary>
    public static void Table(Svg svg, PanelData data, Frame inner)
    {
        var renamed = data.Panel.Json.GetProperty("transformations")[0].GetProperty("options").GetProperty("renameByName");
        var (_, series) = data.Answers.Single();
        string[] columns = ["pod", "version", "commit", "Value"];
        double[] places = [0, 0.4, 0.53, 0.84];
        for (var column = 0; column < columns.Length; column++)
        {
            var x = inner.X + (inner.Width * places[column]);
            svg.Text(x, inner.Y + 12, renamed.GetProperty(columns[column]).GetString()!, Look.Faint, isBold: true);
            for (var row = 0; row < series.Count; row++)
            {
                var text = series[row].Labels.TryGetValue(columns[column], out var label) ? label : Figure.Text(series[row].Values[0].Value, data.Panel.Unit);
                svg.Text(x, inner.Y + 38 + (row * 24), text.Length > 26 ? text[..12] : text, Look.Ink);
            }
        }
    }

    private static IEnumerable<(string Name, double Value)> Values(PanelData data) =>
        from answer in data.Answers
        from series in answer.Series
        select (series.Legend(answer.Target.Legend), series.Values[0].Value);

    private static string Text(Dashboard.Panel panel, double value) => Figure.Text(
        panel.Json.GetProperty("fieldConfig").GetProperty("defaults").TryGetProperty("decimals", out var decimals) && decimals.GetInt32() == 0 ? Math.Round(value) : value,
        panel.Unit);
}
